package dev.sluice.executor.dispatcher;

import dev.sluice.config.definition.RetryPolicy;
import dev.sluice.config.definition.Tier;
import dev.sluice.executor.dispatcher.queue.Settlement;
import dev.sluice.executor.sandbox.protocol.Outcome;
import io.vertx.core.json.JsonObject;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
            case Outcome.Failed(var error, var run) -> failed(execution, "failed", ErrorJson.of(error), run);
            case Outcome.TimedOut(var error, var run) -> failed(execution, "timeout", ErrorJson.of(error), run);
            case Outcome.Cancelled(var run) -> finished(execution, "cancelled",
                    ErrorJson.of("CancelledError", "the execution was cancelled"), run);
            case Outcome.Lost(var reason, var suspect) -> lost(execution, reason, suspect);
            case Outcome.Postponed(var delay) -> new Settlement.Released(
                    execution.id(), execution.lease(), false, delay, null);
        };
    }

    /** An execution that cannot run at all: its workflow or its event is gone. */
    static Settlement impossible(Execution execution, String reason) {
        return new Settlement.Finished(execution.id(), execution.lease(), "failed", execution.attempt(), null,
                Duration.ZERO, null, ErrorJson.of("DefinitionError", reason).encode(), "[]", execution.deadLetter());
    }

    private Settlement failed(Execution execution, String status, JsonObject error, Outcome.Run run) {
        RetryPolicy retry = execution.workflow().retry();
        // Nobody waits for a second attempt of an Instant execution: its caller has been answered.
        if (execution.workflow().tier() == Tier.INSTANT || execution.attempt() >= retry.maxAttempts()) {
            return finished(execution, status, error, run);
        }
        return new Settlement.Retried(
                execution.id(), execution.lease(), retry.delayAfter(execution.attempt(), random),
                Attempts.ended(execution.attempt(), status, error, run), error.encode());
    }

    private static Settlement lost(Execution execution, String reason, boolean suspect) {
        if (suspect && execution.losses() + 1 >= MAX_LOSSES) {
            return new Settlement.Finished(execution.id(), execution.lease(), "failed", execution.attempt(), null,
                    Duration.ZERO, null, ErrorJson.of("SandboxLostError",
                            "the sandbox died %d times while this ran: %s".formatted(MAX_LOSSES, reason)).encode(),
                    "[]", execution.deadLetter());
        }
        return new Settlement.Released(
                execution.id(), execution.lease(), suspect, Attempts.lost(execution.attempt(), reason));
    }

    private static Settlement finished(Execution execution, String status, JsonObject error, Outcome.Run run) {
        return new Settlement.Finished(execution.id(), execution.lease(), status, execution.attempt(), run.startedAt(),
                run.duration(), null, error.encode(), logs(run), execution.deadLetter());
    }

    private static String logs(Outcome.Run run) {
        return run.logs().isEmpty() ? "[]" : Attempts.logs(run, Integer.MAX_VALUE).encode();
    }
}
