package dev.sluice.quota.ledger;

/**
 * How much of a limit one node may use on its own.
 *
 * <p>Alone that is all of it. One of several nodes that cannot hear of each other adds to what was last known of the
 * shared count its part of what was left, rounded down: all of them together stay within the limit, as long as what
 * they last knew was the same.
 */
@FunctionalInterface
public interface Share {
    Share WHOLE = (amount, cell) -> amount;
    Share UNBOUNDED = (amount, cell) -> Long.MAX_VALUE;

    /** The use at which the count of this cell is exhausted here. */
    long of(long amount, Cell cell);

    static Share amongNodes(int nodes) {
        return (amount, cell) -> {
            long known = Math.max(0, cell.reported());
            return known >= amount ? amount : known + (amount - known) / nodes;
        };
    }
}
