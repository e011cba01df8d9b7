package dev.sluice.gateway.api;

import dev.sluice.config.definition.WorkflowVersion;
import dev.sluice.executor.dispatcher.EventDetails;
import dev.sluice.executor.dispatcher.Submissions;
import dev.sluice.executor.dispatcher.TriggeredBy;
import dev.sluice.executor.dispatcher.history.DeadLetters;
import dev.sluice.executor.dispatcher.history.Events;
import dev.sluice.gateway.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

import java.util.Map;
import java.util.UUID;

/** {@code /dead-letters}: what failed for good, and running it again. */
final class DeadLetterEndpoints {
    private final DeadLetters deadLetters;
    private final Events events;
    private final Submissions submissions;

    DeadLetterEndpoints(DeadLetters deadLetters, Events events, Submissions submissions) {
        this.deadLetters = deadLetters;
        this.events = events;
        this.submissions = submissions;
    }

    void addTo(ApiRouter router) {
        router.route(HttpMethod.GET, "/dead-letters", QueryParameters.of("workflow", "cursor", "limit"), this::list)
                .route(HttpMethod.GET, "/dead-letters/:id", call -> Reply.ok(find(call).json()))
                .route(HttpMethod.GET, "/dead-letters/:id/payload",
                        call -> new Reply(200, "application/octet-stream", find(call).payload()))
                .route(HttpMethod.DELETE, "/dead-letters/:id", this::delete)
                .route(HttpMethod.POST, "/dead-letters/:id/replay", this::replay);
    }

    private Reply list(ApiCall call) {
        return Reply.page(
                deadLetters.list(call.tenant(), call.text("workflow"), call.id("cursor"), call.limit() + 1).await(),
                call.limit());
    }

    private Reply delete(ApiCall call) {
        if (!deadLetters.delete(call.tenant(), call.uuid("dead letter")).await()) {
            throw call.notFound("dead letter").asException();
        }
        return Reply.noContent();
    }

    /**
     * Runs the payload again as a new event of the same sender and request, with the version that is deployed now: the one
     * that failed is not wanted.
     */
    private Reply replay(ApiCall call) {
        DeadLetters.DeadLetter letter = find(call);
        WorkflowVersion workflow = WorkflowEndpoints.deployed(call, letter.workflow(), letter.workflowId());
        if (workflow == null) {
            throw Problem.of(409, "the workflow '%s' is not deployed".formatted(letter.workflow())).asException();
        }
        Submissions.Submission submission = submission(call, letter, workflow);
        UUID executionId = submissions.newExecutionId();
        if (!deadLetters.markReplayed(call.tenant(), letter.id(), executionId).await()) {
            throw new Problem(409, "it has been replayed already", Map.of()).asException();
        }
        Submissions.Submitted submitted = submissions.submit(executionId, submission)
                .recover(failure -> deadLetters.unmarkReplayed(call.tenant(), letter.id())
                        .compose(unmarked -> Future.failedFuture(failure)))
                .await();
        return Reply.json(202, WorkflowEndpoints.accepted(submitted, workflow));
    }

    private Submissions.Submission submission(ApiCall call, DeadLetters.DeadLetter letter, WorkflowVersion workflow) {
        JsonObject receipt = new JsonObject()
                .put("version", 1)
                .put("replay", new JsonObject()
                        .put("deadLetterId", letter.id().toString())
                        .put("eventId", letter.eventId().toString())
                        .put("executionId", letter.executionId().toString()));
        EventDetails request = letter.event();
        Buffer payload = letter.payload();
        if (request == null) {
            // It was written by an earlier version, or could not be stored whole: the journal may still have the rest.
            request = events.details(call.tenant(), letter.eventId()).await();
            Buffer journalled = payload.length() > 0 ? payload : events.rawBody(call.tenant(), letter.eventId()).await();
            payload = journalled == null ? payload : journalled;
        }
        return new Submissions.Submission(call.organization().id(), letter.customerId(), letter.triggerId(), workflow,
                TriggeredBy.REPLAY, payload, letter.routeHeaders(), receipt, true, request);
    }

    private DeadLetters.DeadLetter find(ApiCall call) {
        DeadLetters.DeadLetter letter = deadLetters.find(call.tenant(), call.uuid("dead letter")).await();
        if (letter == null) {
            throw call.notFound("dead letter").asException();
        }
        return letter;
    }
}
