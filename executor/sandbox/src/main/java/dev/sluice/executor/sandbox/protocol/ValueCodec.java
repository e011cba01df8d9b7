package dev.sluice.executor.sandbox.protocol;

import java.time.Duration;

/** Small values on the wire. */
final class ValueCodec {
    private ValueCodec() {}

    static void limits(FieldWriter out, Limits limits) {
        out.duration(limits.turn());
        out.int64(limits.allocatedBytes());
        out.int32(limits.outputBytes());
        out.int32(limits.logLines());
        out.int32(limits.logBytes());
        out.int32(limits.pendingHostCalls());
        out.int32(limits.pendingTimers());
    }

    static Limits limits(FieldReader in) throws ProtocolException {
        try {
            return new Limits(
                    in.duration(), in.int64(), in.int32(), in.int32(), in.int32(), in.int32(), in.int32());
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(String.valueOf(e.getMessage()));
        }
    }

    static void hostCall(FieldWriter out, HostCall call) {
        switch (call) {
            case HostCall.StateGet(HostCall.StateScope scope, String key) -> {
                out.int8(1);
                out.constant(scope);
                out.string(key);
            }
            case HostCall.StateSet(HostCall.StateScope scope, String key, String valueJson, Duration ttl) -> {
                out.int8(2);
                out.constant(scope);
                out.string(key);
                out.string(valueJson);
                if (out.present(ttl) && ttl != null) {
                    out.duration(ttl);
                }
            }
            case HostCall.StateDelete(HostCall.StateScope scope, String key) -> {
                out.int8(3);
                out.constant(scope);
                out.string(key);
            }
        }
    }

    static HostCall hostCall(FieldReader in) throws ProtocolException {
        int kind = in.int8();
        HostCall.StateScope scope = in.constant(HostCall.StateScope.values());
        String key = in.string();
        return switch (kind) {
            case 1 -> new HostCall.StateGet(scope, key);
            case 2 -> new HostCall.StateSet(scope, key, in.string(), in.bool() ? positive(in.duration()) : null);
            case 3 -> new HostCall.StateDelete(scope, key);
            default -> throw new ProtocolException("no host call of kind " + kind);
        };
    }

    static void hostReply(FieldWriter out, HostReply reply) {
        switch (reply) {
            case HostReply.Value(String json) -> {
                out.int8(1);
                if (out.present(json) && json != null) {
                    out.string(json);
                }
            }
            case HostReply.Refused(String name, String message) -> {
                out.int8(2);
                out.string(name);
                out.string(message);
            }
        }
    }

    static HostReply hostReply(FieldReader in) throws ProtocolException {
        int kind = in.int8();
        return switch (kind) {
            case 1 -> new HostReply.Value(in.bool() ? in.string() : null);
            case 2 -> new HostReply.Refused(in.string(), in.string());
            default -> throw new ProtocolException("no host reply of kind " + kind);
        };
    }

    static void checkResult(FieldWriter out, CheckResult result) {
        switch (result) {
            case CheckResult.Valid(String javascript) -> {
                out.int8(1);
                out.string(javascript);
            }
            case CheckResult.Invalid(String message, int line, int column) -> {
                out.int8(2);
                out.string(message);
                out.int32(line);
                out.int32(column);
            }
            case CheckResult.Unavailable(String reason) -> {
                out.int8(3);
                out.string(reason);
            }
        }
    }

    static CheckResult checkResult(FieldReader in) throws ProtocolException {
        int kind = in.int8();
        return switch (kind) {
            case 1 -> new CheckResult.Valid(in.string());
            case 2 -> new CheckResult.Invalid(in.string(), in.int32(), in.int32());
            case 3 -> new CheckResult.Unavailable(in.string());
            default -> throw new ProtocolException("no check result of kind " + kind);
        };
    }

    private static Duration positive(Duration duration) throws ProtocolException {
        if (duration.isZero() || duration.isNegative()) {
            throw new ProtocolException("ttl is not positive");
        }
        return duration;
    }
}
