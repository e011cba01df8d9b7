package dev.sluice.benchmarks.hostile.input;

import dev.sluice.benchmarks.hostile.wire.Answer;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A request that must be answered.
 *
 * @param line method and target, shortened
 * @param head whether the answer has no body
 * @param extra how much longer than others its answer may take: the timeout of an Instant workflow
 * @param tenant which attacker sends it with its key, or {@link #STRANGER}
 * @param hook the webhook it is an event for, or null
 * @param body what is to be stored if the event is accepted
 * @param then is told the answer once the batch is over, in the order of the requests
 */
@SuppressWarnings("ArrayRecordComponent") // a body, never compared by equals
public record Aim(String line, boolean head, Duration extra, int tenant, @Nullable Hook hook, byte[] body, Consumer<Answer> then) {
    /** Nobody whose executions are followed. */
    public static final int STRANGER = -1;

    private static final byte[] NOTHING = {};
    private static final int MAX_LINE = 200;

    /** A request that nobody is known to send. */
    static Aim at(String line) {
        return at(line, STRANGER);
    }

    /** A request to the management API. */
    static Aim at(String line, int tenant) {
        return new Aim(shortened(line), line.startsWith("HEAD "), Duration.ZERO, tenant, null, NOTHING, answer -> { });
    }

    /** An event. */
    static Aim at(Hook hook, byte[] body) {
        return new Aim("POST " + hook.path(), false, hook.timeout() == null ? Duration.ZERO : hook.timeout(), STRANGER, hook, body,
                answer -> { });
    }

    Aim then(Consumer<Answer> consumer) {
        return new Aim(line, head, extra, tenant, hook, body, consumer);
    }

    Aim extra(Duration longer) {
        return new Aim(line, head, longer, tenant, hook, body, then);
    }

    private static String shortened(String line) {
        return line.length() > MAX_LINE ? line.substring(0, MAX_LINE) : line;
    }
}
