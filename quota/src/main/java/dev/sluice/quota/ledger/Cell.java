package dev.sluice.quota.ledger;

/** One count in memory: what is used of one dimension in one window. Not thread-safe. */
public final class Cell {
    private long window = Long.MIN_VALUE;
    private long used;
    private long unreported;
    private long own;
    private long heard;
    private long ownBefore;
    private long takenOfShare;

    /** Moves on to a window and starts at zero; never goes back to an earlier one. */
    public void enter(long current) {
        if (current > window) {
            window = current;
            used = 0;
            unreported = 0;
            own = 0;
            heard = 0;
            ownBefore = 0;
            takenOfShare = 0;
        }
    }

    public long window() {
        return window;
    }

    /** Admitted in the window, as far as this node knows. */
    public long used() {
        return used;
    }

    /** The part of {@link #used} that the shared counts have not heard of; negative when more was given back. */
    public long unreported() {
        return unreported;
    }

    /** What the shared counts were last known to say. */
    public long reported() {
        return used - unreported;
    }

    /** Sets what is known now as what nodes that cannot hear of each other share the rest of. */
    void beginShare() {
        heard = reported();
        ownBefore = own;
        takenOfShare = 0;
    }

    /** What the shared counts were known to say when this node's share began. */
    long heard() {
        return heard;
    }

    /** What of it this node itself had taken. */
    long ownBefore() {
        return ownBefore;
    }

    /** What this node has taken since its share began. */
    long takenOfShare() {
        return takenOfShare;
    }

    void takeOfShare() {
        takenOfShare++;
    }

    void take() {
        used++;
        own++;
    }

    void takeUnreported() {
        used++;
        unreported++;
        own++;
        takenOfShare++;
    }

    /** Takes one back, where its window is still the current one. */
    public void giveBack(long fromWindow, boolean report) {
        if (fromWindow == window && used > 0) {
            used--;
            own--;
            takenOfShare--;
            unreported -= report ? 1 : 0;
        }
    }

    /** Takes over what the shared counts say, and how much of it this node has just taken. */
    public void learn(long nowWindow, long nowUsed, long taken) {
        enter(nowWindow);
        if (nowWindow == window) {
            used = nowUsed + unreported;
            own += taken;
        }
    }

    /** Raises the count to at least what is known from elsewhere. */
    void raise(long inWindow, long atLeast) {
        enter(inWindow);
        if (inWindow == window) {
            used = Math.max(used, atLeast);
        }
    }

    /** Marks a part as reported to the shared counts. */
    public void reported(long inWindow, long amount) {
        if (inWindow == window) {
            unreported -= amount;
        }
    }
}
