package dev.sluice.executor.sandbox.protocol;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * Everything a sandbox needs to run one attempt of one execution.
 *
 * @param executionId unique among the executions in flight
 * @param eventId the event that started the execution
 * @param attempt 1 for the first
 * @param tenant whose code and data this is; a warm context never crosses it
 * @param workflow the code to run
 * @param trigger what started it, or null for a manual run
 * @param headers what the workflow sees as {@code ctx.headers}, credentials already stripped
 * @param body the payload, UTF-8; what is not JSON reaches the workflow as a string
 * @param timeout wall clock from the moment the sandbox starts the execution; positive
 */
@SuppressWarnings("ArrayRecordComponent") // raw bytes on their way through, never compared
public record Invocation(
        UUID executionId,
        UUID eventId,
        int attempt,
        Tenant tenant,
        Workflow workflow,
        @Nullable TriggerSource trigger,
        Map<String, String> headers,
        byte[] body,
        Duration timeout) {

    public Invocation {
        headers = Map.copyOf(headers);
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must be positive: " + timeout);
        }
    }

    /** The organization and, where the execution runs for one of its customers, that customer. */
    public record Tenant(UUID organizationId, @Nullable Customer customer) {}

    /** {@code ctx.customer}. */
    public record Customer(UUID id, String slug) {}

    /**
     * {@code ctx.workflow} and its code.
     *
     * @param versionId names {@code code} for good: the same id always comes with the same code, so a draft that is
     *     run without saving needs a new id whenever its code changes
     * @param version 0 for a draft
     * @param code a JavaScript module with a default export
     */
    public record Workflow(UUID id, String slug, UUID versionId, int version, String code) {
        /** Tenant code stays out of logs. */
        @Override
        public String toString() {
            return "Workflow[slug=" + slug + ", version=" + version + ", versionId=" + versionId + "]";
        }
    }

    /** {@code ctx.trigger}; {@code type} is the field's word: webhook, scheduler, app_event. */
    public record TriggerSource(UUID id, String type, String name) {}

    /** Payload and headers belong to a customer and stay out of logs. */
    @Override
    public String toString() {
        return "Invocation[executionId=" + executionId + ", attempt=" + attempt + ", workflow=" + workflow + "]";
    }
}
