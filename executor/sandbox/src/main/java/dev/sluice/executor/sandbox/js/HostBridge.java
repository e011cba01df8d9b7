package dev.sluice.executor.sandbox.js;

import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The {@code host} function of the prelude. The first argument numbers the operation, as in {@code prelude.js}. Only the
 * prelude can call it, so arguments have the right types; their contents are the tenant's.
 */
final class HostBridge implements ProxyExecutable {
    private static final int LOG = 0;
    private static final int CALL = 1;
    private static final int TIMER = 2;
    private static final int CLEAR = 3;
    private static final int DONE = 4;
    private static final int FAIL = 5;
    private static final int RANDOM = 6;

    private static final Outcome.Level[] LEVELS = {
        Outcome.Level.DEBUG, Outcome.Level.INFO, Outcome.Level.LOG, Outcome.Level.WARN, Outcome.Level.ERROR
    };
    private static final SecureRandom RANDOMNESS = new SecureRandom();

    private @Nullable RealmHost host;

    void attach(RealmHost newHost) {
        host = newHost;
    }

    void detach() {
        host = null;
    }

    void failed(Outcome.WorkflowError error) {
        RealmHost current = host;
        if (current != null) {
            current.failed(error);
        }
    }

    @Override
    public @Nullable Object execute(Value... arguments) {
        int operation = arguments[0].asInt();
        if (operation == RANDOM) {
            byte[] bytes = new byte[arguments[1].asInt()];
            RANDOMNESS.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }
        RealmHost current = host;
        if (current == null) {
            // A promise job that outlived its execution; there is nobody to hear it.
            return false;
        }
        switch (operation) {
            case LOG -> {
                if (arguments[2].isNull()) {
                    return current.keepsLogs();
                }
                current.log(LEVELS[arguments[1].asInt()], arguments[2].asString());
            }
            case CALL -> current.call(arguments[1].asInt(), hostCall(arguments));
            case TIMER -> current.setTimer(arguments[1].asInt(), (long) arguments[2].asDouble());
            case CLEAR -> current.clearTimer(arguments[1].asInt());
            case DONE -> current.completed(arguments[1].asString());
            case FAIL -> {
                String details = arguments[4].asString();
                current.failed(new Outcome.WorkflowError(
                        arguments[1].asString(), arguments[2].asString(), StackFilter.apply(arguments[3].asString()),
                        details.isEmpty() ? null : details));
            }
            default -> throw new IllegalStateException("no operation " + operation);
        }
        return null;
    }

    private static HostCall hostCall(Value... arguments) {
        HostCall.StateScope scope = HostCall.StateScope.valueOf(arguments[3].asString());
        String key = arguments[4].asString();
        String operation = arguments[2].asString().toLowerCase(Locale.ROOT);
        return switch (operation) {
            case "get" -> new HostCall.StateGet(scope, key);
            case "delete" -> new HostCall.StateDelete(scope, key);
            case "set" -> {
                double ttlMillis = arguments[6].asDouble();
                Duration ttl = ttlMillis < 0 ? null : Duration.ofMillis(Math.max(1, Math.round(ttlMillis)));
                yield new HostCall.StateSet(scope, key, arguments[5].asString(), ttl);
            }
            default -> throw new IllegalStateException("no host call " + operation);
        };
    }
}
