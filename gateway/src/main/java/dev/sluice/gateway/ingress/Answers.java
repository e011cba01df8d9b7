package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Trigger;
import dev.sluice.config.json.RawJson;
import dev.sluice.executor.dispatcher.Ending;
import dev.sluice.executor.dispatcher.Execution;
import dev.sluice.executor.dispatcher.journal.JournalEntry;
import dev.sluice.gateway.http.Problem;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;

/** What a sender is told of an event that was taken. */
final class Answers {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence EVENT_ID = HttpHeaders.createOptimized("x-fastn-event-id");
    private static final CharSequence EXECUTION_ID = HttpHeaders.createOptimized("x-fastn-execution-id");

    private Answers() {}

    /** 202: committed, and these executions will run. Slugs and ids need no escaping. */
    static void accepted(HttpServerResponse response, JournalEntry entry) {
        StringBuilder body = new StringBuilder(96 + 96 * entry.executions().size());
        body.append("{\"eventId\":\"").append(entry.event().id()).append("\",\"executions\":[");
        char separator = ' ';
        for (Execution execution : entry.executions()) {
            if (separator == ',') {
                body.append(separator);
            }
            separator = ',';
            body.append("{\"id\":\"").append(execution.id()).append("\",\"workflow\":\"")
                    .append(execution.workflow().slug()).append("\"}");
        }
        send(response, 202, body.append("]}").toString());
    }

    /** 202 again for what was taken before: a sender that retries must be able to stop. */
    static void duplicate(HttpServerResponse response, UUID original) {
        send(response, 202, "{\"eventId\":\"" + original + "\",\"duplicate\":true,\"executions\":[]}");
    }

    /**
     * The result of the one Instant execution, or that it failed. Errors are the owner's: the sender gets the execution's
     * id, under which the owner finds them, and more only where the webhook says so.
     */
    static void inline(HttpServerResponse response, UUID event, UUID execution, AsyncResult<Ending> ended,
            Trigger.Errors errors) {
        response.putHeader(EVENT_ID, event.toString()).putHeader(EXECUTION_ID, execution.toString());
        if (ended.failed()) {
            failure(response, 500, "the execution's end could not be stored", execution, null);
            return;
        }
        Ending ending = ended.result();
        if (ending.result() != null) {
            send(response, 200, ending.result());
            return;
        }
        String error = errors == Trigger.Errors.SHOWN ? ending.error() : null;
        switch (ending.status()) {
            case "timeout" -> failure(response, 504, "the workflow ran out of time", execution, error);
            case "pending" -> failure(response, 503, "the execution was interrupted and will run again", execution, error);
            default -> failure(response, 500, "the workflow failed", execution, error);
        }
    }

    private static void failure(
            HttpServerResponse response, int status, String detail, UUID execution, @Nullable String error) {
        String id = execution.toString();
        new Problem(status, detail, error == null
                ? Map.of("executionId", id)
                : Map.of("executionId", id, "error", new RawJson(error))).send(response);
    }

    private static void send(HttpServerResponse response, int status, String body) {
        if (!response.closed()) {
            response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
        }
    }
}
