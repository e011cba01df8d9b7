package dev.sluice.quota.redis;

import dev.sluice.quota.Admission;
import dev.sluice.quota.ledger.Account;
import dev.sluice.quota.ledger.Charge;
import dev.sluice.quota.ledger.Ledger;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A lane's time without Redis, and its way back: what was admitted meanwhile is reported before anything is decided
 * exactly again. See the package for the states.
 *
 * <p>Guarded by the lane's monitor like the lane itself. What needs it held says so; the rest takes it.
 */
final class Absence {
    private static final int ADDITIONS_PER_CALL = 500;

    private enum Standing {
        EXACT,
        AWAY,
        RETURNING
    }

    private final Lane lane;
    private final LaneContext context;
    private final ServerClock clock;
    private final Ledger ledger;
    private final Rationing rationing;
    private Standing standing = Standing.EXACT;
    private boolean probing;
    private int doubts;

    Absence(Lane lane, LaneContext context, ServerClock clock, Ledger ledger) {
        this.lane = lane;
        this.context = context;
        this.clock = clock;
        this.ledger = ledger;
        this.rationing = new Rationing(context.reunion());
        this.doubts = context.calls().doubts();
    }

    /** Whether decisions are Redis's to make. Needs the monitor. */
    boolean isOver() {
        return standing == Standing.EXACT;
    }

    /** Whether decisions are the failure policy's; when neither this nor {@link #isOver}, they wait. Needs the monitor. */
    boolean isAway() {
        return standing == Standing.AWAY;
    }

    /** Whether this node keeps to its share of what was left. Needs the monitor. */
    boolean isRationed() {
        return rationing.isOn();
    }

    /** Decides by the failure policy. Needs the monitor. */
    Admission decide(Charge charge) {
        lane.days();
        return context.policy().decide(ledger, charge, clock.millis());
    }

    /** The refusal of a request that is beyond this node's share, while it keeps to that. Needs the monitor. */
    Admission.@Nullable Refused ofShare(Charge charge) {
        if (!rationing.isOn()) {
            return null;
        }
        lane.days();
        return context.policy().ofShare(ledger, charge, clock.millis());
    }

    /** A call failed: this node is on its own now. Needs the monitor. */
    void begin() {
        standing = Standing.AWAY;
        probing = false;
        context.away(lane);
        if (rationing.begin()) {
            ledger.beginShares();
        }
    }

    /** Makes sure of what is known where the server may have lost counts; answers whether it did. Needs the monitor. */
    boolean beginIfDoubtful() {
        if (doubts == context.calls().doubts()) {
            return false;
        }
        standing = Standing.RETURNING;
        List<Addition> known = known();
        context.timer().execute(() -> report(known, 0));
        return true;
    }

    /** Asks whether Redis is back, and if so returns to it. */
    void probe() {
        synchronized (lane) {
            if (standing != Standing.AWAY || probing) {
                return;
            }
            probing = true;
        }
        lane.askNothing().whenComplete((reply, failure) -> {
            List<Addition> known;
            synchronized (lane) {
                if (failure != null) {
                    probing = false;
                    return;
                }
                known = known();
            }
            report(known, 0);
        });
    }

    /** What this node knows of the current windows, to be made sure of on the server, as far as that is known now. */
    private List<Addition> known() {
        doubts = context.calls().doubts();
        return additions(false);
    }

    private List<Addition> additions(boolean unreportedOnly) {
        List<Addition> additions = new ArrayList<>();
        for (Account account : ledger.accounts()) {
            account.cells().forEach((dimension, cell) -> {
                if (cell.unreported() != 0 || (!unreportedOnly && cell.reported() > 0)) {
                    additions.add(new Addition(account, dimension, cell, cell.window(), cell.unreported(),
                            Math.max(0, cell.reported())));
                }
            });
        }
        return additions;
    }

    /** Reports from an index on, a part at a time, and returns to exact counting after the last. */
    private void report(List<Addition> known, int from) {
        if (from >= known.size()) {
            settle();
            return;
        }
        List<Addition> part = known.subList(from, Math.min(known.size(), from + ADDITIONS_PER_CALL));
        lane.add(part).whenComplete((reply, failure) -> {
            if (failure != null) {
                lane.lost();
                return;
            }
            reported(part);
            report(known, from + part.size());
        });
    }

    private void reported(List<Addition> part) {
        synchronized (lane) {
            for (Addition change : part) {
                if (change.cell() != null) {
                    change.cell().reported(change.window(), change.delta());
                }
            }
        }
    }

    /** Holds requests back while the last of what was admitted without Redis is reported. */
    private void settle() {
        List<Addition> rest;
        synchronized (lane) {
            rest = additions(true);
            standing = rest.isEmpty() ? Standing.EXACT : Standing.RETURNING;
            if (rest.isEmpty()) {
                probing = false;
                rationing.end();
                context.back(lane);
            }
        }
        if (rest.isEmpty()) {
            lane.goOn();
            return;
        }
        lane.add(rest).whenComplete((reply, failure) -> {
            if (failure != null) {
                lane.lost();
            } else {
                reported(rest);
                settle();
            }
        });
    }
}
