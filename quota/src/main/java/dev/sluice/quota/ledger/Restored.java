package dev.sluice.quota.ledger;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Limit;
import dev.sluice.quota.Scope;
import dev.sluice.quota.Subject;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A day's count as the journal knows it.
 *
 * @param id the customer, or the organization
 * @param customerId the customer, or null when it is the organization's count
 * @param window days since the epoch
 */
public record Restored(UUID id, @Nullable UUID customerId, Dimension dimension, long window, long used) {
    /** Clocks may differ by this much at midnight. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    /** @throws IllegalArgumentException if there is no such count */
    public static Restored checked(
            Subject subject, Scope scope, Dimension dimension, LocalDate day, long used, Instant now) {
        UUID id = subject.id(scope);
        if (id == null) {
            throw new IllegalArgumentException("the subject has no customer");
        }
        if (dimension.window() != Dimension.Window.DAY) {
            throw new IllegalArgumentException(dimension.key() + " is not counted per day");
        }
        // A count in a window to come would stop the windows until then: they never go back.
        if (day.isAfter(LocalDate.ofInstant(now.plus(TOLERANCE), subject.zone()))) {
            throw new IllegalArgumentException(day + " has not begun");
        }
        if (used < 0 || used > Limit.MAX_AMOUNT) {
            throw new IllegalArgumentException("a count of " + used);
        }
        return new Restored(
                id, scope == Scope.CUSTOMER ? subject.customerId() : null, dimension, day.toEpochDay(), used);
    }
}
