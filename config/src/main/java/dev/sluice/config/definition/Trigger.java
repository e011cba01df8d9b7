package dev.sluice.config.definition;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * A webhook trigger.
 *
 * @param customerId whose events these are; null leaves it to the request, or to the organization itself
 * @param deadLetterQueue whether events that fail for good are kept for replay
 * @param errors what a caller who waited is told of a failure
 * @param credentials what of its requests is not kept
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
        boolean deadLetterQueue,
        Errors errors,
        Credentials credentials) {
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

    /** What the sender of an event is told when the Instant workflow that it waited for fails. */
    public enum Errors {
        /** That it failed, and the execution's id. */
        HIDDEN,
        /** The error with its message and stack, too. */
        SHOWN
    }
}
