package dev.sluice.quota.redis;

import dev.sluice.quota.Admission;
import dev.sluice.quota.Count;
import dev.sluice.quota.QuotaMode;
import dev.sluice.quota.ledger.Charge;
import dev.sluice.quota.ledger.DayWindows;
import dev.sluice.quota.ledger.Ledger;

import java.util.List;

/** What the script says about one demand. */
final class Taken {
    private final int taken;
    private final long[] used;
    private final long[] windows;

    /**
     * @param reply what the script says about all demands
     * @param at where this demand begins
     * @param slots how many limits it has to pass
     */
    Taken(List<Object> reply, int at, int slots) {
        this.taken = Math.toIntExact((Long) reply.get(at));
        this.used = new long[slots];
        this.windows = new long[slots];
        for (int i = 0; i < slots; i++) {
            used[i] = (Long) reply.get(at + 1 + 2 * i);
            windows[i] = (Long) reply.get(at + 2 + 2 * i);
        }
    }

    /** How many were admitted. */
    int taken() {
        return taken;
    }

    /** Copies to this node's ledger what the server now has. */
    void learn(Charge charge) {
        for (int i = 0; i < used.length; i++) {
            charge.slots().get(i).cell().learn(windows[i], used[i] + taken);
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
