package dev.sluice.quota;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Enforcement;
import dev.sluice.config.definition.Limit;

/**
 * How one limit stands after a decision.
 *
 * @param window which window was counted: minutes since the epoch, or days since the epoch of the organization's
 *     calendar
 * @param used requests admitted in that window, this one included
 * @param windowSeconds length of the window: 60, or 23 to 25 hours
 * @param resetEpochSecond when the window ends, in Unix seconds
 */
public record Count(
        Scope scope, Dimension dimension, Limit limit, long window, long used, int windowSeconds,
        long resetEpochSecond) {
    /** How the limit stands when so many more are admitted. */
    public Count plus(int more) {
        return new Count(scope, dimension, limit, window, used + more, windowSeconds, resetEpochSecond);
    }

    /** Requests left in the window, never negative. */
    public long remaining() {
        return Math.max(0, limit.amount() - used);
    }

    /** Whether more was admitted than the limit says: only a soft limit lets that happen. */
    public boolean exceeded() {
        return used > limit.amount();
    }

    public boolean isHardBlock() {
        return limit.enforcement() == Enforcement.HARD_BLOCK;
    }
}
