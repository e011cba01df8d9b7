package dev.sluice.gateway.api;

import dev.sluice.config.definition.Customer;
import dev.sluice.config.definition.Route;
import dev.sluice.config.definition.TriggerDraft;
import dev.sluice.config.definition.TriggerStore;
import dev.sluice.config.id.Uuids;
import dev.sluice.config.json.Fields;
import dev.sluice.config.json.InvalidFieldException;
import dev.sluice.executor.dispatcher.EventHeaders;
import dev.sluice.executor.dispatcher.history.Events;
import dev.sluice.executor.dispatcher.history.Events.StoredEvent;
import dev.sluice.gateway.filter.Comparison;
import dev.sluice.gateway.filter.Matcher;
import dev.sluice.gateway.filter.explain.Explanation;
import dev.sluice.gateway.http.Problem;
import dev.sluice.gateway.ingress.Receipt;
import dev.sluice.gateway.ingress.StoredRequestScope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /triggers/:id/explain} and {@code /backtest}: what routes do with an event, and what a change would do. */
final class RoutingEndpoints {
    private static final int PAGE = 500;
    private static final int MAX_EVENTS = 100_000;
    private static final int DEFAULT_EVENTS = 10_000;
    private static final int MAX_DIFFERENCES = 100;
    /** Each route is explained by itself, and reads the body once. */
    private static final long MAX_EXPLAINED_BYTES = 1L << 30;
    private static final UUID FIRST = new UUID(0, 0);

    private final TriggerStore triggers;
    private final Events events;

    RoutingEndpoints(TriggerStore triggers, Events events) {
        this.triggers = triggers;
        this.events = events;
    }

    void addTo(ApiRouter router) {
        router.route(HttpMethod.POST, "/triggers/:id/explain", this::explain)
                .route(HttpMethod.POST, "/triggers/:id/backtest", this::backtest);
    }

    private Reply explain(ApiCall call) {
        TriggerStore.Saved trigger = trigger(call);
        Fields fields = call.fields();
        StoredEvent event = event(call, fields);
        fields.rejectOthers();
        List<Route> routes = trigger.draft().routes();
        Matcher matcher = Matcher.compile(RouteFilters.parse(routes));
        byte[] body = event.body().getBytes();
        if ((long) routes.size() * body.length > MAX_EXPLAINED_BYTES) {
            throw new InvalidFieldException("body", "has %d bytes, which is too much to explain for each of %d routes"
                    .formatted(body.length, routes.size()));
        }
        JsonArray explained = new JsonArray();
        for (int i = 0; i < routes.size(); i++) {
            Explanation explanation = matcher.explain(i, body, 0, body.length, scope(call, event));
            if (explanation == null) {
                throw new InvalidFieldException("body", "is not JSON that filters can look at");
            }
            JsonArray findings = new JsonArray();
            explanation.findings().forEach(finding -> findings.add(Receipt.finding(finding)));
            explained.add(new JsonObject()
                    .put("route", i)
                    .put("workflow", routes.get(i).workflow())
                    .put("matched", explanation.matched())
                    .put("findings", findings));
        }
        return Reply.ok(new JsonObject().put("routes", explained));
    }

    /** A stored event, or one described as {@code {body, headers?, query?, path?, method?, ip?}}. */
    private StoredEvent event(ApiCall call, Fields fields) {
        String id = fields.optionalText("eventId", 36);
        if (id != null) {
            StoredEvent stored = events.stored(call.tenant(), uuid(fields, id)).await();
            if (stored == null) {
                throw Problem.of(404, "there is no event with the id '%s'".formatted(id)).asException();
            }
            return stored;
        }
        if (!fields.has("body")) {
            throw fields.invalid("body", "or eventId is required");
        }
        String path = fields.optionalText("path", 2000);
        String method = fields.optionalText("method", 20);
        return new StoredEvent(FIRST, null, method == null ? "POST" : method, path == null ? "/" : path,
                fields.optionalText("query", 8000),
                described(fields.texts("headers", 100)),
                fields.optionalText("ip", 100), Buffer.buffer(Json.encode(fields.value("body"))));
    }

    /** Nothing of it is kept, so that filters see all of it, as they do when an event is received. */
    private static EventHeaders described(Map<String, String> headers) {
        List<EventHeaders.Header> seen = new ArrayList<>();
        headers.forEach((name, value) -> seen.add(new EventHeaders.Header(name, value)));
        return new EventHeaders(seen);
    }

    private Reply backtest(ApiCall call) {
        TriggerStore.Saved trigger = trigger(call);
        Fields fields = call.fields();
        List<Route> routes = TriggerDraft.readRoutes(fields);
        OffsetDateTime to = time(fields, "to", OffsetDateTime.now(ZoneOffset.UTC));
        OffsetDateTime from = time(fields, "from", to.minusDays(1));
        int limit = (int) fields.integer("limit", 1, MAX_EVENTS, DEFAULT_EVENTS);
        fields.rejectOthers();
        Comparison comparison = new Comparison(
                Matcher.compile(RouteFilters.parse(trigger.draft().routes())),
                Matcher.compile(RouteFilters.parse(routes)));
        JsonArray differences = new JsonArray();
        UUID after = FIRST;
        List<StoredEvent> page;
        do {
            int size = (int) Math.min(PAGE, limit - comparison.events());
            page = events.stored(call.tenant(), trigger.id(), from, to, after, size).await();
            for (StoredEvent event : page) {
                byte[] body = event.body().getBytes();
                if (comparison.add(body, 0, body.length, scope(call, event)) && differences.size() < MAX_DIFFERENCES) {
                    differences.add(new JsonObject()
                            .put("eventId", event.id().toString())
                            .put("gained", array(comparison.gained()))
                            .put("lost", array(comparison.lost())));
                }
                after = event.id();
            }
        } while (page.size() == PAGE && comparison.events() < limit);
        return Reply.ok(new JsonObject()
                .put("events", comparison.events())
                .put("changed", comparison.changed())
                .put("complete", comparison.events() < limit)
                .put("now", counts(trigger.draft().routes(), comparison, true))
                .put("withChange", counts(routes, comparison, false))
                .put("differences", differences));
    }

    private static JsonArray counts(List<Route> routes, Comparison comparison, boolean before) {
        JsonArray counts = new JsonArray();
        for (int i = 0; i < routes.size(); i++) {
            counts.add(new JsonObject()
                    .put("route", i)
                    .put("workflow", routes.get(i).workflow())
                    .put("matched", before ? comparison.matchedBefore(i) : comparison.matchedAfter(i)));
        }
        return counts;
    }

    private static JsonArray array(int[] routes) {
        JsonArray array = new JsonArray();
        for (int route : routes) {
            array.add(route);
        }
        return array;
    }

    private static StoredRequestScope scope(ApiCall call, StoredEvent event) {
        Customer customer = event.customerId() == null
                ? null
                : call.organization().customer(event.customerId());
        return new StoredRequestScope(event.method(), event.path(), event.query(), event.headers(),
                event.remoteAddress(), customer == null ? null : customer.slug());
    }

    private static OffsetDateTime time(Fields fields, String name, OffsetDateTime standard) {
        String text = fields.optionalText(name, 40);
        return text == null ? standard : Times.time(name, text);
    }

    private static UUID uuid(Fields fields, String text) {
        UUID id = Uuids.parse(text);
        if (id == null) {
            throw fields.invalid("eventId", "must be a UUID");
        }
        return id;
    }

    private TriggerStore.Saved trigger(ApiCall call) {
        TriggerStore.Saved saved = triggers.find(call.tenant(), call.uuid("trigger")).await();
        if (saved == null) {
            throw call.notFound("trigger").asException();
        }
        return saved;
    }
}
