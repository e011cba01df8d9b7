package dev.sluice.executor.sandbox.protocol;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Frames to bytes and back: one byte of kind, then the record's fields in their order. */
final class FrameCodec {
    private FrameCodec() {}

    static ByteBuffer encode(Frame frame) throws ProtocolException {
        FieldWriter out = new FieldWriter();
        out.int8(kind(frame));
        switch (frame) {
            case Frame.Hello(int version, String token, long pid) -> {
                out.int32(version);
                out.string(token);
                out.int64(pid);
            }
            case Frame.Configure(Limits limits, ContextMode mode, int threads, int warm) -> {
                ValueCodec.limits(out, limits);
                out.constant(mode);
                out.int32(threads);
                out.int32(warm);
            }
            case Frame.Ready(boolean jit, String engine) -> {
                out.bool(jit);
                out.string(engine);
            }
            case Frame.Start(Invocation invocation) -> InvocationCodec.write(out, invocation);
            case Frame.Cancel(var executionId) -> out.uuid(executionId);
            case Frame.Call(var executionId, int callId, HostCall call) -> {
                out.uuid(executionId);
                out.int32(callId);
                ValueCodec.hostCall(out, call);
            }
            case Frame.Reply(var executionId, int callId, HostReply reply) -> {
                out.uuid(executionId);
                out.int32(callId);
                ValueCodec.hostReply(out, reply);
            }
            case Frame.Ended(var executionId, Outcome.Ended outcome) -> {
                out.uuid(executionId);
                OutcomeCodec.write(out, outcome);
            }
            case Frame.Check(int requestId, String code, Language language) -> {
                out.int32(requestId);
                out.string(code);
                out.constant(language);
            }
            case Frame.Checked(int requestId, CheckResult result) -> {
                out.int32(requestId);
                ValueCodec.checkResult(out, result);
            }
            case Frame.Unwell(String reason) -> out.string(reason);
            case Frame.Ping(int number) -> out.int32(number);
            case Frame.Pong(int number) -> out.int32(number);
        }
        return out.finish();
    }

    static Frame decode(ByteBuffer bytes) throws ProtocolException {
        FieldReader in = new FieldReader(bytes);
        int kind = in.int8();
        Frame frame =
                switch (kind) {
                    case 1 -> new Frame.Hello(in.int32(), in.string(), in.int64());
                    case 2 -> new Frame.Configure(
                            ValueCodec.limits(in), in.constant(ContextMode.values()), in.int32(), in.int32());
                    case 3 -> new Frame.Ready(in.bool(), in.string());
                    case 4 -> new Frame.Start(InvocationCodec.read(in));
                    case 5 -> new Frame.Cancel(in.uuid());
                    case 6 -> content(in, id -> new Frame.Call(id, in.int32(), ValueCodec.hostCall(in)));
                    case 7 -> new Frame.Reply(in.uuid(), in.int32(), ValueCodec.hostReply(in));
                    case 8 -> content(in, id -> new Frame.Ended(id, OutcomeCodec.read(in)));
                    case 9 -> new Frame.Check(in.int32(), in.string(), in.constant(Language.values()));
                    case 10 -> new Frame.Checked(in.int32(), ValueCodec.checkResult(in));
                    case 11 -> new Frame.Unwell(in.string());
                    case 12 -> new Frame.Ping(in.int32());
                    case 13 -> new Frame.Pong(in.int32());
                    default -> throw new ProtocolException("no frame of kind " + kind);
                };
        in.end();
        return frame;
    }

    /** What a frame says in the name of one execution. */
    @FunctionalInterface
    private interface Content {
        Frame read(UUID executionId) throws ProtocolException;
    }

    private static Frame content(FieldReader in, Content content) throws ProtocolException {
        UUID executionId = in.uuid();
        try {
            Frame frame = content.read(executionId);
            in.end();
            return frame;
        } catch (ProtocolException e) {
            throw new ContentException(executionId, String.valueOf(e.getMessage()));
        }
    }

    private static int kind(Frame frame) {
        return switch (frame) {
            case Frame.Hello _ -> 1;
            case Frame.Configure _ -> 2;
            case Frame.Ready _ -> 3;
            case Frame.Start _ -> 4;
            case Frame.Cancel _ -> 5;
            case Frame.Call _ -> 6;
            case Frame.Reply _ -> 7;
            case Frame.Ended _ -> 8;
            case Frame.Check _ -> 9;
            case Frame.Checked _ -> 10;
            case Frame.Unwell _ -> 11;
            case Frame.Ping _ -> 12;
            case Frame.Pong _ -> 13;
        };
    }
}
