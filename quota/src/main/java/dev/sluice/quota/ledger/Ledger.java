package dev.sluice.quota.ledger;

import dev.sluice.quota.Admission;
import dev.sluice.quota.Count;
import dev.sluice.quota.Kind;
import dev.sluice.quota.QuotaMode;
import dev.sluice.quota.Scope;
import dev.sluice.quota.Subject;
import org.jspecify.annotations.Nullable;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What this process knows of one organization's counts. Not thread-safe: its owner holds one lock for the whole
 * organization, which is what makes taking from customer and organization one step.
 */
public final class Ledger {
    private static final String ORGANIZATION_KEY = "organization";

    /** A customer's counts and the charges last asked for it; with the organization's own under the key null. */
    private static final class Page {
        final @Nullable Account account;
        final EnumMap<Kind, Charge> charges = new EnumMap<>(Kind.class);

        Page(@Nullable Account account) {
            this.account = account;
        }
    }

    private final Account organization = new Account(ORGANIZATION_KEY);
    private final Map<@Nullable UUID, Page> pages = new HashMap<>();
    private DayWindows windows;

    public Ledger(ZoneId zone, long epochSecond) {
        this.windows = DayWindows.around(zone, epochSecond);
    }

    /** The calendar around a moment; the zone is the organization's as it stands now. */
    public DayWindows windows(ZoneId zone, long epochSecond) {
        windows = windows.movedTo(zone, epochSecond);
        return windows;
    }

    /** The calendar last asked for. */
    public DayWindows windows() {
        return windows;
    }

    /** The limits that a request has to pass; the same object as long as the limits are. */
    public Charge charge(Subject subject, Kind kind) {
        Page page = page(subject.customerId());
        Charge charge = page.charges.get(kind);
        if (charge == null || !charge.isGoodFor(subject)) {
            charge = Charge.of(subject, page.account, organization, kind);
            page.charges.put(kind, charge);
        }
        return charge;
    }

    /** All limits of a subject, to read their counts: a charge of each kind of request that has any. */
    public List<Charge> charges(Subject subject) {
        List<Charge> charges = new ArrayList<>(2);
        for (Kind kind : Kind.values()) {
            Charge charge = charge(subject, kind);
            if (!charge.slots().isEmpty()) {
                charges.add(charge);
            }
        }
        return charges;
    }

    private Page page(@Nullable UUID customerId) {
        Page page = pages.get(customerId);
        if (page == null) {
            page = new Page(customerId == null ? null : new Account(customerId.toString()));
            pages.put(customerId, page);
        }
        return page;
    }

    /** The account of a customer, or with null the organization's. */
    public Account account(@Nullable UUID customerId) {
        Account account = page(customerId).account;
        return account == null ? organization : account;
    }

    /** Every account there is. */
    public Collection<Account> accounts() {
        List<Account> accounts = new ArrayList<>(pages.size() + 1);
        accounts.add(organization);
        for (Page page : pages.values()) {
            if (page.account != null) {
                accounts.add(page.account);
            }
        }
        return accounts;
    }

    /**
     * Takes one of everything that a charge names, or nothing.
     *
     * @param nowMillis what counts as now
     * @param share how much of a limit may be used here
     * @param report whether what is taken has to be reported to shared counts later
     */
    public Admission take(Charge charge, long nowMillis, Share share, boolean report, QuotaMode mode) {
        Admission.Refused refused = usedUp(charge, nowMillis, share, mode);
        if (refused != null) {
            return refused;
        }
        List<Slot> slots = charge.slots();
        Count[] counts = new Count[slots.size()];
        for (int i = 0; i < counts.length; i++) {
            Slot slot = slots.get(i);
            Cell cell = slot.cell();
            if (report) {
                cell.takeUnreported();
            } else {
                cell.take();
            }
            counts[i] = slot.count(windows, cell.window(), cell.used());
        }
        return new Admission.Granted(List.of(counts), mode);
    }

    /** Takes one of everything from this node's share, for a request that the shared counts have yet to admit. */
    public Admission.@Nullable Refused takeOfShare(Charge charge, long nowMillis, Share share, QuotaMode mode) {
        Admission.Refused refused = usedUp(charge, nowMillis, share, mode);
        if (refused == null) {
            charge.slots().forEach(slot -> slot.cell().takeOfShare());
        }
        return refused;
    }

    /** The refusal by what is used up here, or null if nothing is. */
    private Admission.@Nullable Refused usedUp(Charge charge, long nowMillis, Share share, QuotaMode mode) {
        List<Slot> slots = charge.slots();
        long second = Math.floorDiv(nowMillis, 1000);
        Count exhausted = null;
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            Cell cell = slot.cell();
            cell.enter(windows.windowAt(slot.dimension().window(), second));
            if (slot.isHardBlock() && share.left(slot.limit().amount(), cell) <= 0) {
                exhausted = later(exhausted, slot.count(windows, cell.window(), cell.used()));
            }
        }
        return exhausted == null ? null : refusal(exhausted, nowMillis, mode);
    }

    /** Begins this node's shares: each is a part of what is left by all that is known now. */
    public void beginShares() {
        accounts().forEach(account -> account.cells().values().forEach(Cell::beginShare));
    }

    /** How all limits of a subject stand. */
    public List<Count> read(Subject subject, long nowMillis) {
        long second = Math.floorDiv(nowMillis, 1000);
        List<Count> counts = new ArrayList<>();
        for (Charge charge : charges(subject)) {
            for (Slot slot : charge.slots()) {
                slot.cell().enter(windows.windowAt(slot.dimension().window(), second));
                counts.add(slot.count(windows, slot.cell().window(), slot.cell().used()));
            }
        }
        return counts;
    }

    /** Gives back what a grant took, where its window is still the current one. */
    public void giveBack(Subject subject, Admission.Granted granted, boolean report) {
        for (Count count : granted.counts()) {
            Cell cell = account(count.scope() == Scope.CUSTOMER ? subject.customerId() : null)
                    .cell(count.dimension());
            cell.giveBack(count.window(), report);
        }
    }

    /** Raises a day's count to what is known from elsewhere. */
    public void raise(Restored restored) {
        account(restored.customerId()).cell(restored.dimension()).raise(restored.window(), restored.used());
    }

    /** Forgets customers whose windows are all over. */
    public void sweep(long epochSecond) {
        pages.values().removeIf(page -> page.account != null && page.account.isOver(windows, epochSecond));
    }

    /** Whether nothing here matters any more. */
    public boolean isOver(long epochSecond) {
        return organization.isOver(windows, epochSecond)
                && pages.values().stream().allMatch(page -> page.account == null
                        || page.account.isOver(windows, epochSecond));
    }

    /** Of two exhausted limits the one that resets last: until then no retry can succeed. */
    public static Count later(@Nullable Count a, Count b) {
        return a == null || b.resetEpochSecond() > a.resetEpochSecond() ? b : a;
    }

    public static Admission.Refused refusal(Count exhausted, long nowMillis, QuotaMode mode) {
        long millis = exhausted.resetEpochSecond() * 1000 - nowMillis;
        return new Admission.Refused(exhausted, Math.max(1, Math.ceilDiv(millis, 1000)), mode);
    }
}
