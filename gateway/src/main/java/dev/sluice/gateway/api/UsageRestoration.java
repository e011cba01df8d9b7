package dev.sluice.gateway.api;

import dev.sluice.config.definition.Customer;
import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Organization;
import dev.sluice.config.postgres.Tenant;
import dev.sluice.executor.dispatcher.history.UsageHistory;
import dev.sluice.gateway.ingress.Subjects;
import dev.sluice.quota.Quotas;
import dev.sluice.quota.Scope;
import dev.sluice.quota.Subject;
import io.vertx.core.Future;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Raises today's event counts to what the journal knows, for a Redis that has lost them. Counts that are higher already
 * stay, so doing it again changes nothing.
 */
public record UsageRestoration(Quotas quotas, UsageHistory history) {
    /** Restores one organization's counts; answers how many there were to restore. */
    public Future<Integer> restore(Organization organization) {
        Subjects subjects = new Subjects(organization);
        if (!limitsEvents(organization, subjects)) {
            return Future.succeededFuture(0);
        }
        LocalDate today = LocalDate.now(organization.zone());
        return history.perDay(Tenant.of(organization.id()), organization.zone(), today, today, null).compose(days -> {
            List<Future<?>> restored = new ArrayList<>();
            long total = 0;
            for (UsageHistory.Day day : days) {
                total += day.events();
                Customer customer = day.customerId() == null ? null : organization.customer(day.customerId());
                if (customer != null) {
                    restore(restored, subjects.of(customer), Scope.CUSTOMER, today, day.events());
                }
            }
            restore(restored, subjects.of(null), Scope.ORGANIZATION, today, total);
            return Future.all(restored).map(done -> restored.size());
        });
    }

    private void restore(List<Future<?>> restored, Subject subject, Scope scope, LocalDate day, long used) {
        if (subject.counted(scope, Dimension.EVENTS_PER_DAY) != null && used > 0) {
            restored.add(Future.fromCompletionStage(
                    quotas.restore(subject, scope, Dimension.EVENTS_PER_DAY, day, used)));
        }
    }

    private static boolean limitsEvents(Organization organization, Subjects subjects) {
        return counts(subjects.of(null), Scope.ORGANIZATION)
                || organization.customers().values().stream()
                        .anyMatch(customer -> counts(subjects.of(customer), Scope.CUSTOMER));
    }

    private static boolean counts(Subject subject, Scope scope) {
        return subject.counted(scope, Dimension.EVENTS_PER_DAY) != null;
    }
}
