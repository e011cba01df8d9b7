package dev.sluice.executor.sandbox.js;

import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The {@code host} function of the prelude. The first argument numbers the operation, as in {@code prelude.js}. Only the
 * prelude can call it, in a realm that its tenant may have broken: no argument is taken for what it should be.
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
    private static final int RANDOM_BYTES = 65_536;
    private static final int KEY_CHARACTERS = 512;
    private static final long TTL_MILLIS = Duration.ofDays(36_525).toMillis();
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
    public @Nullable Object execute(Value... values) {
        RealmHost current = host;
        try {
            return perform(current, new Arguments(values));
        } catch (Arguments.UnfitException e) {
            if (current != null) {
                current.broken();
            }
            return null;
        }
    }

    private static @Nullable Object perform(@Nullable RealmHost current, Arguments arguments)
            throws Arguments.UnfitException {
        int operation = arguments.integer(0, LOG, RANDOM);
        if (operation == RANDOM) {
            return random(arguments.integer(1, 0, RANDOM_BYTES));
        }
        if (current == null) {
            // A promise job that outlived its execution; there is nobody to hear it.
            return RealmHost.REFUSED;
        }
        switch (operation) {
            case LOG -> {
                Outcome.Level level = LEVELS[arguments.integer(1, 0, LEVELS.length - 1)];
                if (arguments.isAbsent(2)) {
                    return current.keepsLogs();
                }
                current.log(level, arguments.text(2));
            }
            case CALL -> {
                return current.call(hostCall(arguments));
            }
            case TIMER -> {
                return current.setTimer(arguments.rounded(1, 0, Integer.MAX_VALUE), arguments.bool(2));
            }
            case CLEAR -> current.clearTimer(arguments.integer(1, 1, Integer.MAX_VALUE));
            case DONE -> current.completed(arguments.text(1));
            case FAIL -> {
                String details = arguments.text(4);
                current.failed(new Outcome.WorkflowError(arguments.text(1), arguments.text(2),
                        StackFilter.apply(arguments.text(3)), details.isEmpty() ? null : details));
            }
            default -> throw new Arguments.UnfitException("no such operation");
        }
        return null;
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        RANDOMNESS.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static HostCall hostCall(Arguments arguments) throws Arguments.UnfitException {
        HostCall.StateScope scope =
                arguments.text(2).equals("ORG") ? HostCall.StateScope.ORG : HostCall.StateScope.INVOCATION;
        String key = arguments.text(3, 1, KEY_CHARACTERS);
        return switch (arguments.text(1)) {
            case "get" -> new HostCall.StateGet(scope, key);
            case "delete" -> new HostCall.StateDelete(scope, key);
            case "set" -> {
                Duration ttl = arguments.isAbsent(5) ? null : Duration.ofMillis(arguments.rounded(5, 1, TTL_MILLIS));
                yield new HostCall.StateSet(scope, key, arguments.text(4), ttl);
            }
            default -> throw new Arguments.UnfitException("no such service");
        };
    }
}
