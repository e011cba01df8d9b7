package dev.sluice.quota.ledger;

/**
 * How much of a limit one node may use on its own.
 *
 * <p>Alone that is all of it. One of several nodes that cannot hear of each other may take its part of what was left when
 * it last heard of the shared count, rounded down: all of them together stay within the limit, as long as what they last
 * knew was the same. It never quite is while several take at the same time. So a node that has heard of others also keeps
 * what it takes in the whole window to its part of the limit: what each took itself, it knows exactly.
 */
@FunctionalInterface
public interface Share {
    Share WHOLE = (amount, cell) -> amount - cell.used();
    Share UNBOUNDED = (amount, cell) -> Long.MAX_VALUE;

    /** How many more may be taken here; none if not positive. */
    long left(long amount, Cell cell);

    static Share amongNodes(int nodes) {
        return (amount, cell) -> {
            long part = (amount - Math.max(0, cell.heard())) / nodes;
            if (cell.heard() > cell.ownBefore()) {
                part = Math.min(part, amount / nodes - cell.ownBefore());
            }
            return Math.min(amount - cell.used(), part - cell.takenOfShare());
        };
    }
}
