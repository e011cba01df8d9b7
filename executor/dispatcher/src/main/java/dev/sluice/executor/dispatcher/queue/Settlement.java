package dev.sluice.executor.dispatcher.queue;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What becomes of an execution whose attempt has ended; counts only while the lease still holds. What the database
 * refuses is written in plainer words, of which {@link TakenOut} is the last.
 */
public sealed interface Settlement {
    /** The error of what ended in a way that cannot be stored. */
    String UNSTORABLE = "{\"name\":\"StorageError\",\"message\":\"the result cannot be stored\"}";

    /** The execution. */
    UUID id();

    /** The fencing token under which it ran. */
    long lease();

    /** About how much memory it holds. */
    long bytes();

    /** The same with nothing of what the workflow produced, for when the database refuses that; null if there is no plainer one. */
    @Nullable Settlement plainer();

    /**
     * It is over.
     *
     * @param status {@code completed}, {@code failed}, {@code timeout} or {@code cancelled}
     * @param result JSON, null unless completed
     * @param error JSON, null if completed
     * @param logs JSON array
     * @param deadLetter whether it is kept for replay, if its trigger wants that
     */
    record Finished(
            UUID id, long lease, String status, int attempt, @Nullable Instant startedAt, Duration duration,
            @Nullable String result, @Nullable String error, String logs, boolean deadLetter) implements Settlement {
        @Override
        public long bytes() {
            return 512L + logs.length() + (result == null ? 0 : result.length()) + (error == null ? 0 : error.length());
        }

        @Override
        public Settlement plainer() {
            Finished plain = new Finished(id, lease, status.equals("completed") ? "failed" : status, attempt, null,
                    duration.isNegative() ? Duration.ZERO : duration, null, UNSTORABLE, "[]", true);
            return plain.equals(this) ? new TakenOut(id, lease) : plain;
        }
    }

    /**
     * It failed and runs again.
     *
     * @param delay from now
     * @param attempt JSON object that tells what happened
     * @param error JSON, what it failed with
     */
    record Retried(UUID id, long lease, Duration delay, String attempt, String error) implements Settlement {
        @Override
        public long bytes() {
            return 512L + attempt.length() + error.length();
        }

        @Override
        public Settlement plainer() {
            Retried plain = new Retried(id, lease, delay, "{\"error\":" + UNSTORABLE + "}", UNSTORABLE);
            return plain.equals(this) ? new TakenOut(id, lease) : plain;
        }
    }

    /**
     * It was interrupted, or not begun, through no fault of its own that is known, and runs again as the same attempt.
     *
     * @param suspect whether it may have brought its sandbox down, which is counted
     * @param delay from now
     * @param attempt JSON object that tells what happened; null if nothing did
     */
    record Released(UUID id, long lease, boolean suspect, Duration delay, @Nullable String attempt) implements Settlement {
        /** It runs again at once. */
        public Released(UUID id, long lease, boolean suspect, @Nullable String attempt) {
            this(id, lease, suspect, Duration.ZERO, attempt);
        }

        @Override
        public long bytes() {
            return 512L + (attempt == null ? 0 : attempt.length());
        }

        @Override
        public Settlement plainer() {
            return attempt == null ? new TakenOut(id, lease) : new Released(id, lease, suspect, delay, null);
        }
    }

    /**
     * It leaves the queue as failed, with nothing but what the queue itself knows of it; its dead letter has neither
     * payload nor earlier attempts.
     */
    record TakenOut(UUID id, long lease) implements Settlement {
        @Override
        public long bytes() {
            return 512;
        }

        @Override
        public @Nullable Settlement plainer() {
            return null;
        }
    }
}
