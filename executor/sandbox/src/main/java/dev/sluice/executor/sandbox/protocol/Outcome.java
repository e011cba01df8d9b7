package dev.sluice.executor.sandbox.protocol;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How one attempt of an execution ended. */
public sealed interface Outcome {

    /** The sandbox itself says how the attempt ended. */
    sealed interface Ended extends Outcome {
        /** When it ran and what it printed. */
        Run run();
    }

    /**
     * The workflow returned.
     *
     * @param resultJson UTF-8 JSON, {@code null} where the workflow returned undefined
     */
    @SuppressWarnings("ArrayRecordComponent") // raw bytes on their way through, never compared
    record Completed(byte[] resultJson, Run run) implements Ended {
        /** Results belong to a customer and stay out of logs. */
        @Override
        public String toString() {
            return "Completed[" + resultJson.length + " bytes, " + run + "]";
        }
    }

    /** The workflow threw, rejected, or broke a limit other than its time. */
    record Failed(WorkflowError error, Run run) implements Ended {}

    /** The workflow used up its wall clock or held a thread for longer than a turn may take. */
    record TimedOut(WorkflowError error, Run run) implements Ended {}

    /** {@code cancel} came before the end. */
    record Cancelled(Run run) implements Ended {}

    /**
     * The sandbox process went away before the end; never sent over the wire.
     *
     * @param reason for people
     * @param suspect whether this execution may be what brought the process down: it had a thread when the process was
     *     lost, was kept beyond its timeout, or was alone. Count these, run them alone, and stop trying after a few.
     */
    record Lost(String reason, boolean suspect) implements Outcome {}

    /**
     * Not begun, because what must run alone has to wait for its place; never sent over the wire.
     *
     * @param delay when to ask again
     */
    record Postponed(Duration delay) implements Outcome {}

    /**
     * @param startedAt when the sandbox began, by the machine's clock
     * @param duration from then to the end, waiting included
     * @param cpuTime processor time the workflow's own turns took
     * @param logs in the order written
     * @param logsTruncated whether lines or parts of lines were dropped
     */
    record Run(Instant startedAt, Duration duration, Duration cpuTime, List<LogLine> logs, boolean logsTruncated) {
        public Run {
            logs = List.copyOf(logs);
        }

        /** Log lines belong to a customer and stay out of ours. */
        @Override
        public String toString() {
            return "Run[startedAt=" + startedAt + ", duration=" + duration + ", " + logs.size() + " log lines]";
        }
    }

    /** One call of {@code console}. */
    record LogLine(Instant at, Level level, String message) {}

    /** The console methods. */
    enum Level { DEBUG, INFO, LOG, WARN, ERROR }

    /**
     * @param name the JavaScript error's name ({@code TypeError}), or for a broken limit one of ours
     *     ({@code TimeoutError}, {@code LimitError})
     * @param message safe to show to whoever owns the workflow
     * @param stack frames of the workflow's own file, one a line, or null where there are none
     * @param details a JSON object of what the error carries besides: its own fields, {@code cause}, {@code errors}; at
     *     most {@link #MAX_DETAILS} characters, or null where there is nothing
     */
    record WorkflowError(String name, String message, @Nullable String stack, @Nullable String details) {
        /** Longest details; those of a well-behaved sandbox stay well below. */
        public static final int MAX_DETAILS = 256 << 10;

        private static final int NAME = 201;
        private static final int MESSAGE = 8_001;
        private static final int STACK = 16_001;

        /** Cuts what is longer than the prelude lets through: a tenant who gets past it must not fill a frame. */
        public WorkflowError {
            name = cut(name, NAME);
            message = cut(message, MESSAGE);
            stack = stack == null ? null : cut(stack, STACK);
            details = details != null && details.length() > MAX_DETAILS ? null : details;
        }

        public WorkflowError(String name, String message, @Nullable String stack) {
            this(name, message, stack, null);
        }

        private static String cut(String text, int most) {
            if (text.length() <= most) {
                return text;
            }
            return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
        }
    }
}
