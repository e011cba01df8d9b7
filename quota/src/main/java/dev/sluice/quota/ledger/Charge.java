package dev.sluice.quota.ledger;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Limits;
import dev.sluice.quota.Kind;
import dev.sluice.quota.Scope;
import dev.sluice.quota.Subject;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The limits that one kind of request of one customer has to pass: the customer's before the organization's, the day's
 * before the minute's. Good for as long as the limits are the same.
 */
public final class Charge {
    private final Limits customerLimits;
    private final Limits organizationLimits;
    private final List<Slot> slots;

    private Charge(Subject subject, List<Slot> slots) {
        this.customerLimits = subject.customerLimits();
        this.organizationLimits = subject.organizationLimits();
        this.slots = slots;
    }

    static Charge of(Subject subject, @Nullable Account customer, Account organization, Kind kind) {
        List<Slot> slots = new ArrayList<>(4);
        List<Dimension> dimensions = List.of(kind.perDay(), kind.perMinute());
        add(slots, subject, Scope.CUSTOMER, customer, dimensions);
        add(slots, subject, Scope.ORGANIZATION, organization, dimensions);
        return new Charge(subject, List.copyOf(slots));
    }

    private static void add(
            List<Slot> slots, Subject subject, Scope scope, @Nullable Account account, List<Dimension> dimensions) {
        for (Dimension dimension : dimensions) {
            var limit = subject.counted(scope, dimension);
            if (limit != null && account != null) {
                slots.add(new Slot(account, account.cell(dimension), scope, dimension, limit));
            }
        }
    }

    /** The limits to pass; never changes. */
    public List<Slot> slots() {
        return slots;
    }

    boolean isGoodFor(Subject subject) {
        return same(customerLimits, subject.customerLimits()) && same(organizationLimits, subject.organizationLimits());
    }

    private static boolean same(Limits a, Limits b) {
        return a.equals(b);
    }
}
