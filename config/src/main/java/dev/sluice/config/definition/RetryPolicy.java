package dev.sluice.config.definition;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a failed execution runs again.
 *
 * @param maxAttempts how often it runs at most, the first time included; 1 means never again
 * @param initialInterval the ceiling of the wait before the second attempt
 * @param backoffCoefficient the factor by which the ceiling grows with every attempt
 * @param maxInterval the ceiling never grows beyond this
 */
public record RetryPolicy(int maxAttempts, Duration initialInterval, double backoffCoefficient, Duration maxInterval) {
    /** What a workflow gets that names none. */
    public static final RetryPolicy STANDARD =
            new RetryPolicy(3, Duration.ofSeconds(5), 2, Duration.ofSeconds(60));

    /** Runs once. */
    public static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO);

    /**
     * The wait after an attempt, with full jitter: uniform between zero and the ceiling, so that executions that failed
     * together do not return together (M. Brooker, "Exponential Backoff And Jitter", 2015).
     *
     * @param attempt the attempt that just failed, from 1
     */
    public Duration delayAfter(int attempt, RandomGenerator random) {
        double growing = (double) initialInterval.toMillis() * Math.pow(backoffCoefficient, attempt - 1.0);
        double ceiling = Math.min(growing, (double) maxInterval.toMillis());
        return Duration.ofMillis((long) (random.nextDouble() * ceiling));
    }
}
