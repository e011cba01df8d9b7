package dev.sluice.config.settings;

import java.time.Duration;

/**
 * The durable log of accepted events.
 *
 * @param maxPending events that may wait for their commit
 * @param maxPendingBytes memory that events may take while they wait for their commit
 * @param retention how long events, executions and dead letters are kept
 * @param deduplicationWindow how long a deduplication key is remembered
 */
public record JournalSettings(int maxPending, long maxPendingBytes, Duration retention, Duration deduplicationWindow) {}
