package dev.sluice.executor.sandbox.protocol;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@link Outcome.Ended} on the wire. */
final class OutcomeCodec {
    /** An instant, a level and the length of a message. */
    private static final int LEAST_LOG_LINE_BYTES = 17;

    private OutcomeCodec() {}

    static void write(FieldWriter out, Outcome.Ended outcome) {
        switch (outcome) {
            case Outcome.Completed(byte[] resultJson, Outcome.Run run) -> {
                out.int8(1);
                out.bytes(resultJson);
                run(out, run);
            }
            case Outcome.Failed(Outcome.WorkflowError error, Outcome.Run run) -> {
                out.int8(2);
                error(out, error);
                run(out, run);
            }
            case Outcome.TimedOut(Outcome.WorkflowError error, Outcome.Run run) -> {
                out.int8(3);
                error(out, error);
                run(out, run);
            }
            case Outcome.Cancelled(Outcome.Run run) -> {
                out.int8(4);
                run(out, run);
            }
        }
    }

    static Outcome.Ended read(FieldReader in) throws ProtocolException {
        int kind = in.int8();
        return switch (kind) {
            case 1 -> new Outcome.Completed(in.bytes(), run(in));
            case 2 -> new Outcome.Failed(error(in), run(in));
            case 3 -> new Outcome.TimedOut(error(in), run(in));
            case 4 -> new Outcome.Cancelled(run(in));
            default -> throw new ProtocolException("no outcome of kind " + kind);
        };
    }

    private static void error(FieldWriter out, Outcome.WorkflowError error) {
        out.string(error.name());
        out.string(error.message());
        optional(out, error.stack());
        optional(out, error.details());
    }

    private static void optional(FieldWriter out, @Nullable String value) {
        if (out.present(value) && value != null) {
            out.string(value);
        }
    }

    private static Outcome.WorkflowError error(FieldReader in) throws ProtocolException {
        return new Outcome.WorkflowError(in.string(), in.string(), optional(in), optional(in));
    }

    private static @Nullable String optional(FieldReader in) throws ProtocolException {
        return in.bool() ? in.string() : null;
    }

    private static void run(FieldWriter out, Outcome.Run run) {
        out.instant(run.startedAt());
        out.duration(run.duration());
        out.duration(run.cpuTime());
        out.bool(run.logsTruncated());
        out.int32(run.logs().size());
        for (Outcome.LogLine line : run.logs()) {
            out.instant(line.at());
            out.constant(line.level());
            out.string(line.message());
        }
    }

    private static Outcome.Run run(FieldReader in) throws ProtocolException {
        Instant startedAt = in.instant();
        Duration duration = in.duration();
        Duration cpuTime = in.duration();
        boolean truncated = in.bool();
        int count = in.count(LEAST_LOG_LINE_BYTES);
        List<Outcome.LogLine> logs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            logs.add(new Outcome.LogLine(in.instant(), in.constant(Outcome.Level.values()), in.string()));
        }
        return new Outcome.Run(startedAt, duration, cpuTime, logs, truncated);
    }
}
