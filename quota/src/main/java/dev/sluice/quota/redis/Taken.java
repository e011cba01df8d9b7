package dev.sluice.quota.redis;

import dev.sluice.quota.Admission;
import dev.sluice.quota.Count;
import dev.sluice.quota.QuotaMode;
import dev.sluice.quota.ledger.Charge;
import dev.sluice.quota.ledger.DayWindows;
import dev.sluice.quota.ledger.Ledger;

import java.util.List;

/** What came of one demand. */
final class Taken {
    private final int taken;
    private final long[] windows;
    private final long[] used;

    /**
     * @param windows which window of each limit of the charge was counted
     * @param used what was used of it before
     */
    Taken(int taken, long[] windows, long[] used) {
        this.taken = taken;
        this.windows = windows;
        this.used = used;
    }

    /** How many were admitted. */
    int taken() {
        return taken;
    }

    /** Copies to this node's ledger what the server now has. */
    void learn(Charge charge) {
        for (int i = 0; i < used.length; i++) {
            charge.slots().get(i).cell().learn(windows[i], used[i] + taken, taken);
        }
    }

    /** How the limits stood after the n-th of the requests, from 1; before the first for 0. */
    List<Count> counts(Charge charge, DayWindows days, int n) {
        Count[] counts = new Count[used.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = charge.slots().get(i).count(days, windows[i], used[i] + n);
        }
        return List.of(counts);
    }

    /** The refusal of those that were not admitted. */
    Admission.Refused refusal(Charge charge, DayWindows days, long nowMillis) {
        Count exhausted = null;
        for (Count count : counts(charge, days, taken)) {
            if (count.isHardBlock() && count.remaining() == 0) {
                exhausted = Ledger.later(exhausted, count);
            }
        }
        if (exhausted == null) {
            throw new IllegalStateException("refused by no limit");
        }
        return Ledger.refusal(exhausted, nowMillis, QuotaMode.EXACT);
    }
}
