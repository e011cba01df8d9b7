package dev.sluice.config.definition;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * A webhook trigger.
 *
 * @param customerId whose events these are; null leaves it to the request, or to the organization itself
 * @param deadLetterQueue whether events that fail for good are kept for replay
 */
public record Trigger(
        UUID id,
        UUID organizationId,
        @Nullable UUID customerId,
        String name,
        WebhookAuth auth,
        List<Route> routes,
        ExecutionMode executionMode,
        @Nullable DeduplicationKey deduplicationKey,
        boolean deadLetterQueue) {
    public Trigger {
        routes = List.copyOf(routes);
    }

    /** Whether a trigger's executions may overlap. */
    public enum ExecutionMode {
        /** They may. */
        PARALLEL,
        /** One at a time, in the order in which the events came. */
        SEQUENTIAL
    }
}
