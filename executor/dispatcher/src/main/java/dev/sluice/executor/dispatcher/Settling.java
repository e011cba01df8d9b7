package dev.sluice.executor.dispatcher;

import dev.sluice.config.definition.RetryPolicy;
import dev.sluice.config.definition.Tier;
import dev.sluice.executor.dispatcher.queue.Settlement;
import dev.sluice.executor.sandbox.protocol.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Decides what becomes of an execution from how its attempt ended. */
final class Settling {
    /** An execution that has brought down this many sandboxes is not tried again. */
    private static final int MAX_LOSSES = 3;

    private final RandomGenerator random;

    Settling(RandomGenerator random) {
        this.random = random;
    }

    Settlement settle(Execution execution, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed(var json, var run) -> new Settlement.Finished(
                    execution.id(), execution.lease(), "completed", execution.attempt(), run.startedAt(), run.duration(),
                    new String(json, StandardCharsets.UTF_8), null, logs(run), false);
            case Outcome.Failed(var error, var run) -> failed(execution, "failed", error(error), run);
            case Outcome.TimedOut(var error, var run) -> failed(execution, "timeout", error(error), run);
            case Outcome.Cancelled(var run) -> finished(execution, "cancelled",
                    error("CancelledError", "the execution was cancelled"), run);
            case Outcome.Lost(var reason, var suspect) -> lost(execution, reason, suspect);
            case Outcome.Postponed(var delay) -> new Settlement.Released(execution.id(), execution.lease(), false, delay);
        };
    }

    /** An execution that cannot run at all: its workflow or its event is gone. */
    static Settlement impossible(Execution execution, String reason) {
        return new Settlement.Finished(execution.id(), execution.lease(), "failed", execution.attempt(), null,
                Duration.ZERO, null, error("DefinitionError", reason).encode(), "[]", execution.deadLetter());
    }

    private Settlement failed(Execution execution, String status, JsonObject error, Outcome.Run run) {
        RetryPolicy retry = execution.workflow().retry();
        // Nobody waits for a second attempt of an Instant execution: its caller has been answered.
        if (execution.workflow().tier() == Tier.INSTANT || execution.attempt() >= retry.maxAttempts()) {
            return finished(execution, status, error, run);
        }
        String attempt = new JsonObject()
                .put("attempt", execution.attempt())
                .put("startedAt", run.startedAt().toString())
                .put("durationMs", (double) run.duration().toNanos() / 1e6)
                .put("error", error)
                .encode();
        return new Settlement.Retried(
                execution.id(), execution.lease(), retry.delayAfter(execution.attempt(), random), attempt);
    }

    private static Settlement lost(Execution execution, String reason, boolean suspect) {
        if (suspect && execution.losses() + 1 >= MAX_LOSSES) {
            return new Settlement.Finished(execution.id(), execution.lease(), "failed", execution.attempt(), null,
                    Duration.ZERO, null, error("SandboxLostError",
                            "the sandbox died %d times while this ran: %s".formatted(MAX_LOSSES, reason)).encode(),
                    "[]", execution.deadLetter());
        }
        return new Settlement.Released(execution.id(), execution.lease(), suspect);
    }

    private static Settlement finished(Execution execution, String status, JsonObject error, Outcome.Run run) {
        return new Settlement.Finished(execution.id(), execution.lease(), status, execution.attempt(), run.startedAt(),
                run.duration(), null, error.encode(), logs(run), execution.deadLetter());
    }

    private static JsonObject error(Outcome.WorkflowError error) {
        return error(error.name(), error.message()).put("stack", error.stack() == null ? "" : clean(error.stack()));
    }

    private static JsonObject error(String name, String message) {
        return new JsonObject().put("name", clean(name)).put("message", clean(message));
    }

    /** PostgreSQL's jsonb has no NUL character. */
    private static String clean(String text) {
        return text.replace("\0", "\uFFFD");
    }

    private static String logs(Outcome.Run run) {
        if (run.logs().isEmpty()) {
            return "[]";
        }
        JsonArray lines = new JsonArray();
        run.logs().forEach(line -> lines.add(new JsonObject()
                .put("at", line.at().toString())
                .put("level", line.level().name().toLowerCase(Locale.ROOT))
                .put("message", clean(line.message()))));
        if (run.logsTruncated()) {
            lines.add(new JsonObject().put("level", "warn").put("message", "more was logged than is kept"));
        }
        return lines.encode();
    }
}
