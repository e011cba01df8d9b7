package dev.sluice.executor.dispatcher.queue;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What becomes of an execution whose attempt has ended; counts only while the lease still holds. */
public sealed interface Settlement {
    /** The execution. */
    UUID id();

    /** The fencing token under which it ran. */
    long lease();

    /**
     * It is over.
     *
     * @param status {@code completed}, {@code failed}, {@code timeout} or {@code cancelled}
     * @param result JSON, null unless completed
     * @param error JSON, null if completed
     * @param logs JSON array
     * @param deadLetter whether it is kept for replay
     */
    record Finished(
            UUID id, long lease, String status, int attempt, @Nullable Instant startedAt, Duration duration,
            @Nullable String result, @Nullable String error, String logs, boolean deadLetter) implements Settlement {}

    /**
     * It failed and runs again.
     *
     * @param delay from now
     * @param attempt JSON object that tells what happened
     */
    record Retried(UUID id, long lease, Duration delay, String attempt) implements Settlement {}

    /**
     * It was interrupted through no fault of its own and runs again at once, as the same attempt.
     *
     * @param suspect whether it may have brought its sandbox down, which is counted
     */
    record Released(UUID id, long lease, boolean suspect) implements Settlement {}
}
