package dev.sluice.executor.dispatcher;

import dev.sluice.config.id.Uuid7;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened, as it is journalled.
 *
 * @param id a UUIDv7; its time is the time of receipt
 * @param headers in the order received, credentials blanked
 * @param body the exact bytes received
 * @param receipt JSON object: what was decided about this event, and why
 */
public record Event(
        UUID id,
        UUID organizationId,
        @Nullable UUID customerId,
        @Nullable UUID triggerId,
        TriggeredBy triggeredBy,
        String method,
        String path,
        @Nullable String query,
        EventHeaders headers,
        Buffer body,
        @Nullable String remoteAddress,
        String receipt) {
    /** When it was received, to the millisecond. */
    public Instant receivedAt() {
        return Uuid7.time(id);
    }
}
