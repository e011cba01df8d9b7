package dev.sluice.config.definition;

import java.util.Objects;

/**
 * How much of a dimension one window holds.
 *
 * @param amount requests per window, from 0 (nothing at all) to {@link #MAX_AMOUNT}
 * @param enforcement what happens beyond the amount
 */
public record Limit(long amount, Enforcement enforcement) {
    /** Counts travel as Lua and JSON numbers, which both hold this exactly, with room for what goes over a soft limit. */
    public static final long MAX_AMOUNT = 10_000_000_000_000L;

    /** @throws InvalidDefinitionException if the amount is out of range */
    public Limit {
        Objects.requireNonNull(enforcement);
        if (amount < 0 || amount > MAX_AMOUNT) {
            throw new InvalidDefinitionException("limit", "must be 0 to " + MAX_AMOUNT + ", not " + amount);
        }
    }

    public static Limit hardBlock(long amount) {
        return new Limit(amount, Enforcement.HARD_BLOCK);
    }

    public static Limit softLimit(long amount) {
        return new Limit(amount, Enforcement.SOFT_LIMIT);
    }

    /** Whether requests have to be counted for this limit at all. */
    public boolean counts() {
        return enforcement != Enforcement.OFF;
    }
}
