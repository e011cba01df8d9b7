package dev.sluice.executor.dispatcher.sandbox;

import java.time.Duration;

/** How long to wait before the next start: nothing after a long life, doubling while lives are short. */
final class Backoff {
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final Duration LONG_LIFE = Duration.ofSeconds(10);

    private Duration next = Duration.ZERO;

    Duration after(Duration life) {
        if (life.compareTo(LONG_LIFE) >= 0) {
            next = Duration.ZERO;
        }
        Duration wait = next;
        Duration doubled = next.isZero() ? LEAST : next.multipliedBy(2);
        next = doubled.compareTo(MOST) > 0 ? MOST : doubled;
        return wait;
    }
}
