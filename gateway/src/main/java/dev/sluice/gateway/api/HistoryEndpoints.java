package dev.sluice.gateway.api;

import dev.sluice.config.definition.Customer;
import dev.sluice.config.json.InvalidFieldException;
import dev.sluice.config.json.RawJson;
import dev.sluice.executor.dispatcher.history.Events;
import dev.sluice.executor.dispatcher.history.Executions;
import dev.sluice.executor.dispatcher.history.HistoryFilter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.UUID;

/** {@code /executions} and {@code /events}: what happened. */
final class HistoryEndpoints {
    private static final Set<String> STATUSES =
            Set.of("pending", "running", "completed", "failed", "timeout", "cancelled");

    private final Executions executions;
    private final Events events;

    HistoryEndpoints(Executions executions, Events events) {
        this.executions = executions;
        this.events = events;
    }

    void addTo(ApiRouter router) {
        router.route(HttpMethod.GET, "/executions", QueryParameters.of("status", "workflow", "eventId", "triggerId",
                        "customerId", "from", "to", "cursor", "limit"), this::executions)
                .route(HttpMethod.GET, "/executions/:id", this::execution)
                .route(HttpMethod.GET, "/events",
                        QueryParameters.of("triggerId", "customerId", "from", "to", "cursor", "limit"), this::events)
                .route(HttpMethod.GET, "/events/:id", this::event)
                .route(HttpMethod.GET, "/events/:id/raw", this::raw);
    }

    private Reply executions(ApiCall call) {
        return Reply.page(executions.list(call.tenant(), filter(call)).await(), call.limit());
    }

    private Reply execution(ApiCall call) {
        RawJson found = executions.find(call.tenant(), call.uuid("execution")).await();
        if (found == null) {
            throw call.notFound("execution").asException();
        }
        return Reply.ok(found);
    }

    private Reply events(ApiCall call) {
        return Reply.page(events.list(call.tenant(), filter(call)).await(), call.limit());
    }

    private Reply event(ApiCall call) {
        RawJson found = events.find(call.tenant(), call.uuid("event")).await();
        if (found == null) {
            throw call.notFound("event").asException();
        }
        return Reply.ok(found);
    }

    private Reply raw(ApiCall call) {
        Buffer body = events.rawBody(call.tenant(), call.uuid("event")).await();
        if (body == null) {
            throw call.notFound("event").asException();
        }
        return new Reply(200, "application/octet-stream", body);
    }

    private static HistoryFilter filter(ApiCall call) {
        String status = call.text("status");
        if (status != null && !STATUSES.contains(status)) {
            throw new InvalidFieldException("status", "must be one of " + STATUSES.stream().sorted().toList());
        }
        return new HistoryFilter(status, call.text("workflow"), call.id("eventId"), call.id("triggerId"),
                customer(call), call.time("from"), call.time("to"), call.id("cursor"), call.limit() + 1);
    }

    private static @Nullable UUID customer(ApiCall call) {
        String named = call.text("customerId");
        if (named == null) {
            return null;
        }
        Customer customer = call.organization().customer(named);
        if (customer == null) {
            throw new InvalidFieldException("customerId", "there is no customer with this id or slug");
        }
        return customer.id();
    }
}
