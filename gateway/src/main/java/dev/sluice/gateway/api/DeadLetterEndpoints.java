package dev.sluice.gateway.api;

import dev.sluice.config.definition.WorkflowVersion;
import dev.sluice.executor.dispatcher.Submissions;
import dev.sluice.executor.dispatcher.TriggeredBy;
import dev.sluice.executor.dispatcher.history.DeadLetters;
import dev.sluice.gateway.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /dead-letters}: what failed for good, and running it again. */
final class DeadLetterEndpoints {
    private final DeadLetters deadLetters;
    private final Submissions submissions;

    DeadLetterEndpoints(DeadLetters deadLetters, Submissions submissions) {
        this.deadLetters = deadLetters;
        this.submissions = submissions;
    }

    void addTo(ApiRouter router) {
        router.route(HttpMethod.GET, "/dead-letters", this::list)
                .route(HttpMethod.GET, "/dead-letters/:id", call -> Reply.ok(find(call).json()))
                .route(HttpMethod.POST, "/dead-letters/:id/replay", this::replay);
    }

    private Reply list(ApiCall call) {
        List<JsonObject> found =
                deadLetters.list(call.tenant(), call.text("workflow"), call.id("cursor"), call.limit() + 1).await();
        return Reply.page(found, call.limit(), item -> item.getString("id"));
    }

    /** Runs the payload again as a new event, with the version that is deployed now: the one that failed is not wanted. */
    private Reply replay(ApiCall call) {
        DeadLetters.DeadLetter letter = find(call);
        JsonObject json = letter.json();
        WorkflowVersion workflow = WorkflowEndpoints.deployed(
                call, json.getString("workflow"), UUID.fromString(json.getString("workflowId")));
        if (workflow == null) {
            throw Problem.of(409, "the workflow '%s' is not deployed".formatted(json.getString("workflow"))).asException();
        }
        UUID executionId = submissions.newExecutionId();
        if (!deadLetters.markReplayed(call.tenant(), call.uuid("dead letter"), executionId).await()) {
            throw new Problem(409, "it has been replayed already", Map.of()).asException();
        }
        Map<String, String> headers = new HashMap<>();
        json.getJsonObject("headers").forEach(entry -> headers.put(entry.getKey(), String.valueOf(entry.getValue())));
        JsonObject receipt = new JsonObject()
                .put("version", 1)
                .put("replay", new JsonObject()
                        .put("deadLetterId", json.getString("id"))
                        .put("eventId", json.getString("eventId"))
                        .put("executionId", json.getString("executionId")));
        Submissions.Submitted submitted = submissions.submit(executionId, new Submissions.Submission(
                        call.organization().id(), id(json.getString("customerId")), id(json.getString("triggerId")),
                        workflow, TriggeredBy.REPLAY, letter.payload(), headers, receipt, true))
                .recover(failure -> deadLetters.unmarkReplayed(call.tenant(), call.uuid("dead letter"))
                        .compose(unmarked -> Future.failedFuture(failure)))
                .await();
        return Reply.json(202, WorkflowEndpoints.accepted(submitted, workflow));
    }

    private static @Nullable UUID id(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }

    private DeadLetters.DeadLetter find(ApiCall call) {
        DeadLetters.DeadLetter letter = deadLetters.find(call.tenant(), call.uuid("dead letter")).await();
        if (letter == null) {
            throw call.notFound("dead letter").asException();
        }
        return letter;
    }
}
