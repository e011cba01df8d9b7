package dev.sluice.executor.sandbox.protocol;

import java.time.Duration;

/**
 * What one execution may use of its process, besides its own wall clock.
 *
 * @param turn longest stretch of code that does not await anything
 * @param allocatedBytes memory allocated, freed or not, over the whole execution; what is held is bounded by the
 *     heap, which is watched apart from this
 * @param outputBytes result as JSON
 * @param logLines console calls kept
 * @param logBytes console text kept
 * @param pendingHostCalls host calls unanswered at a time
 * @param pendingTimers timers set at a time
 */
public record Limits(
        Duration turn,
        long allocatedBytes,
        int outputBytes,
        int logLines,
        int logBytes,
        int pendingHostCalls,
        int pendingTimers) {

    public Limits {
        positive("turn", turn.toMillis());
        positive("allocatedBytes", allocatedBytes);
        positive("outputBytes", outputBytes);
        positive("logLines", logLines);
        positive("logBytes", logBytes);
        positive("pendingHostCalls", pendingHostCalls);
        positive("pendingTimers", pendingTimers);
        if (outputBytes > Frames.MAX_BYTES / 4 || logBytes > Frames.MAX_BYTES / 4) {
            throw new IllegalArgumentException("output and log must fit a frame of " + Frames.MAX_BYTES + " bytes");
        }
    }

    /** Turn 10 s, 8 GiB allocated, 1 MiB result, 1,000 lines or 256 KiB of log, 100 host calls, 1,000 timers. */
    public static Limits defaults() {
        return new Limits(Duration.ofSeconds(10), 8L << 30, 1 << 20, 1_000, 256 << 10, 100, 1_000);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }
}
