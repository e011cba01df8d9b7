package dev.sluice.gateway.filter.engine;

/** A compiled predicate. */
@FunctionalInterface
interface ValueTest {

    /** Whether a noted value, never a missing one, passes. */
    boolean passes(Tape tape, int cell);
}
