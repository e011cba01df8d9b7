package dev.sluice.quota.redis;

import dev.sluice.quota.Admission;
import dev.sluice.quota.Count;
import dev.sluice.quota.QuotaMode;
import dev.sluice.quota.ledger.Charge;
import dev.sluice.quota.ledger.DayWindows;
import dev.sluice.quota.ledger.Slot;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Admissions that were counted on Redis before anybody asked for them, so that under load most requests need no call.
 *
 * <p>They can never be one too many: they are counted already, and they end with the window they were counted in, by an
 * upper bound of the server's clock. They can be missing elsewhere for a while, so they are few: at most a
 * {@value #PART}th of what was last known to be left, at most {@value #MOST}, and none of a limit that has less than
 * {@value #LEAST} of such parts left. What is not asked for goes back within two {@link #IDLE_MILLIS}; a node that dies
 * takes its own with it.
 */
final class TakenAhead {
    /** How long nobody may ask for them before they go back. */
    static final long IDLE_MILLIS = 500;

    /** Fewer requests at once are no load worth it. */
    static final int CROWD = 4;

    private static final int PART = 64;
    private static final int MOST = 256;
    private static final int LEAST = 8;
    private static final int AHEAD_OF_EACH = 8;

    private final Charge charge;
    private final List<Count> counts;
    private final long endNanos;
    private final long endMillis;
    private final int all;
    private int left;
    private int leftBefore;

    /**
     * Keeps what was taken beyond what was asked for.
     *
     * @param counts how the limits stood before the first of these
     */
    TakenAhead(Charge charge, List<Count> counts, int number, long serverMillis) {
        this.charge = charge;
        this.counts = counts;
        this.all = number;
        this.left = number;
        this.leftBefore = number;
        long end = Long.MAX_VALUE;
        for (Count count : counts) {
            end = Math.min(end, count.resetEpochSecond() * 1000);
        }
        this.endMillis = end;
        // A node's clock may be set back meanwhile; this one is not.
        this.endNanos = System.nanoTime() + (end - serverMillis) * 1_000_000;
    }

    /** How many to take besides the {@link #CROWD} or more that ask: none of a limit that is nearly used up. */
    static int wanted(Charge charge, int asking, DayWindows days, long serverMillis) {
        long number = Math.min(MOST, (long) AHEAD_OF_EACH * asking);
        for (Slot slot : charge.slots()) {
            if (slot.isHardBlock()) {
                long window = days.windowAt(slot.dimension().window(), Math.floorDiv(serverMillis, 1000));
                long left = slot.cell().window() == window ? slot.limit().amount() - slot.cell().used() : 0;
                number = Math.min(number, left / PART);
            }
        }
        return number < LEAST ? 0 : (int) number;
    }

    /** One of them, or null when there is none any more. */
    Admission.@Nullable Granted take(long serverMillis) {
        if (!hasMore(serverMillis)) {
            return null;
        }
        left--;
        int number = all - left;
        Count[] now = new Count[counts.size()];
        for (int i = 0; i < now.length; i++) {
            now[i] = counts.get(i).plus(number);
        }
        return new Admission.Granted(List.of(now), QuotaMode.EXACT);
    }

    boolean hasMore(long serverMillis) {
        return left > 0 && !isOver(serverMillis);
    }

    private boolean isOver(long serverMillis) {
        return serverMillis >= endMillis || System.nanoTime() - endNanos >= 0;
    }

    /** Whether they should go back; asked every {@link #IDLE_MILLIS}. */
    boolean isIdle(long serverMillis) {
        boolean idle = left == leftBefore || isOver(serverMillis);
        leftBefore = left;
        return idle;
    }

    int left() {
        return left;
    }

    Charge charge() {
        return charge;
    }

    List<Count> counts() {
        return counts;
    }
}
