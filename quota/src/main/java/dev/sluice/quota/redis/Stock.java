package dev.sluice.quota.redis;

import dev.sluice.quota.Admission;
import dev.sluice.quota.Count;
import dev.sluice.quota.ledger.Cell;
import dev.sluice.quota.ledger.Charge;
import dev.sluice.quota.ledger.DayWindows;
import dev.sluice.quota.ledger.Slot;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;

/** What a lane has {@link TakenAhead}, by charge. Not thread-safe. */
final class Stock {
    private final IdentityHashMap<Charge, TakenAhead> kept = new IdentityHashMap<>();

    /** One admission, or null when there is none for this charge. */
    Admission.@Nullable Granted take(Charge charge, long serverMillis) {
        TakenAhead ahead = kept.get(charge);
        return ahead == null ? null : ahead.take(serverMillis);
    }

    /** How many to take besides those that ask; none while earlier ones are left. */
    int wanted(Charge charge, int asking, DayWindows days, long serverMillis) {
        TakenAhead ahead = kept.get(charge);
        return ahead != null && ahead.hasMore(serverMillis)
                ? 0
                : TakenAhead.wanted(charge, asking, days, serverMillis);
    }

    /** Keeps more; answers what goes back for it. */
    List<Addition> add(TakenAhead more) {
        List<Addition> back = new ArrayList<>();
        TakenAhead before = kept.put(more.charge(), more);
        if (before != null) {
            giveBack(before, back);
        }
        return back;
    }

    /** Removes what nobody asked for of late; answers how it goes back. */
    List<Addition> giveBackIdle(long serverMillis) {
        List<Addition> back = new ArrayList<>();
        for (Iterator<TakenAhead> each = kept.values().iterator(); each.hasNext(); ) {
            TakenAhead ahead = each.next();
            if (ahead.isIdle(serverMillis)) {
                each.remove();
                giveBack(ahead, back);
            }
        }
        return back;
    }

    private static void giveBack(TakenAhead ahead, List<Addition> back) {
        List<Slot> slots = ahead.charge().slots();
        for (int i = 0; i < slots.size() && ahead.left() > 0; i++) {
            Slot slot = slots.get(i);
            long window = ahead.counts().get(i).window();
            for (int n = 0; n < ahead.left(); n++) {
                slot.cell().giveBack(window, false);
            }
            back.add(new Addition(slot.account(), slot.dimension(), slot.cell(), window, -ahead.left(), 0));
        }
    }

    /** Counts as they are without what is kept here and was not asked for. */
    List<Count> without(List<Count> counts, Charge of) {
        List<Count> asked = new ArrayList<>(counts.size());
        for (int i = 0; i < counts.size(); i++) {
            asked.add(counts.get(i).plus(-held(of.slots().get(i).cell(), counts.get(i).window())));
        }
        return asked;
    }

    private int held(Cell cell, long window) {
        int held = 0;
        for (TakenAhead ahead : kept.values()) {
            List<Slot> slots = ahead.charge().slots();
            for (int i = 0; i < slots.size(); i++) {
                if (slots.get(i).cell() == cell && ahead.counts().get(i).window() == window) {
                    held += ahead.left();
                }
            }
        }
        return held;
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    void clear() {
        kept.clear();
    }
}
