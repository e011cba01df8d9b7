package dev.sluice.quota;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Limit;
import dev.sluice.config.definition.Limits;
import org.jspecify.annotations.Nullable;

import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;

/**
 * On whose account a request goes, with the limits as they stand now. Make one per customer and definitions snapshot
 * and reuse it.
 *
 * @param zone time zone of the organization: its days are the day windows
 * @param organizationLimits what all of the organization together may use
 * @param customerId the customer, or null for a call on the organization's own account
 * @param customerLimits plan merged with override; {@link Limits#NONE} when there is no customer
 */
public record Subject(
        UUID organizationId, ZoneId zone, Limits organizationLimits, @Nullable UUID customerId, Limits customerLimits) {
    public Subject {
        Objects.requireNonNull(organizationId);
        Objects.requireNonNull(zone);
        if (customerId == null && !customerLimits.isUnlimited()) {
            throw new IllegalArgumentException("customer limits without a customer");
        }
    }

    /** Whether nothing is counted for this subject. */
    public boolean isUnlimited() {
        return customerLimits.isUnlimited() && organizationLimits.isUnlimited();
    }

    /** The id that counts of a scope are kept under, or null when the scope does not apply. */
    public @Nullable UUID id(Scope scope) {
        return scope == Scope.CUSTOMER ? customerId : organizationId;
    }

    /** The limit of a scope that has to be counted, or null. */
    public @Nullable Limit counted(Scope scope, Dimension dimension) {
        Limit limit = (scope == Scope.CUSTOMER ? customerLimits : organizationLimits).get(dimension);
        return limit != null && limit.counts() ? limit : null;
    }
}
