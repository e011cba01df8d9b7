package dev.sluice.quota.redis;

import java.time.Duration;

/**
 * Whether a lane keeps to its share of what was left: while it is away, and then until all other nodes must be back and
 * have reported too. Before that the shared counts lack what those admitted, and could be used up a second time.
 */
final class Rationing {
    private final long afterNanos;
    private boolean on;
    private boolean ending;
    private long endNanos;

    /** @param after how long it goes on when the lane is back */
    Rationing(Duration after) {
        afterNanos = after.toNanos();
    }

    /** The lane is away; answers whether shares begin with that, or go on. */
    boolean begin() {
        boolean begins = !isOn();
        on = true;
        ending = false;
        return begins;
    }

    /** The lane is back. */
    void end() {
        if (on && !ending) {
            ending = true;
            endNanos = System.nanoTime() + afterNanos;
        }
    }

    boolean isOn() {
        if (on && ending && System.nanoTime() - endNanos >= 0) {
            on = false;
        }
        return on;
    }
}
