package dev.sluice.benchmarks.hostile.check;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param answer a complete request, from its last byte to the last of its answer
 * @param incomplete a request that is never completed, until the server ends it
 * @param ending an acknowledged event, from the end of its batch
 * @param pauseFactor how many times its usual 99th percentile the good tenant's may be in the pause after a batch
 */
public record Bounds(Duration answer, Duration incomplete, Duration ending, double pauseFactor) {
    /** 2 s, 35 s, 60 s, and twice. */
    public static final Bounds STANDARD = new Bounds(Duration.ofSeconds(2), Duration.ofSeconds(35), Duration.ofSeconds(60), 2);
}
