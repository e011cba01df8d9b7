package dev.sluice.executor.dispatcher.history;

import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Which executions or events are asked for; null means any.
 *
 * @param from earliest time, included
 * @param to latest time, excluded
 * @param before only what is older than this id: where the page before ended
 * @param limit most that are answered
 */
public record HistoryFilter(
        @Nullable String status,
        @Nullable String workflow,
        @Nullable UUID eventId,
        @Nullable UUID triggerId,
        @Nullable UUID customerId,
        @Nullable OffsetDateTime from,
        @Nullable OffsetDateTime to,
        @Nullable UUID before,
        int limit) {}
