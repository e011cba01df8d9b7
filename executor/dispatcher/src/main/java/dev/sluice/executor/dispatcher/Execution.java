package dev.sluice.executor.dispatcher;

import dev.sluice.config.definition.WorkflowVersion;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;

/**
 * One run of a workflow that is not finished yet, with all it needs to run.
 *
 * @param headers what the event's sender sent
 * @param routeHeaders what the route adds
 * @param deadLetter whether it is kept for replay when it fails for good
 * @param sequenceKey executions with the same key run one at a time, in the order of their ids; null for any order
 * @param attempt the number of this attempt, from 1
 * @param losses how often a sandbox process died while this ran
 * @param lease fencing token: completing needs the same value that is in the queue
 */
public record Execution(
        UUID id,
        UUID organizationId,
        @Nullable UUID customerId,
        UUID eventId,
        @Nullable UUID triggerId,
        WorkflowVersion workflow,
        TriggeredBy triggeredBy,
        Buffer input,
        EventHeaders headers,
        Map<String, String> routeHeaders,
        boolean deadLetter,
        @Nullable UUID sequenceKey,
        int attempt,
        int losses,
        long lease) {
    /** The isolation boundary: the customer, or the organization where there is none. */
    public UUID tenantId() {
        return customerId == null ? organizationId : customerId;
    }
}
