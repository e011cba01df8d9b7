package dev.sluice.executor.dispatcher.history;

import dev.sluice.config.id.Uuid7;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.postgres.Tenant;
import dev.sluice.executor.dispatcher.EventHeaders;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Events and executions as the API shows them, newest first. */
public final class History {
    private static final String EXECUTION = """
            SELECT id, created_at, customer_id, event_id, trigger_id, workflow_id, workflow_slug, version, tier,
                   triggered_by, status, attempt, started_at, finished_at, duration_ms""";
    private static final String EXECUTIONS = EXECUTION + """

            FROM all_executions
            WHERE ($1::text IS NULL OR status = $1) AND ($2::text IS NULL OR workflow_slug = $2)
              AND ($3::uuid IS NULL OR event_id = $3) AND ($4::uuid IS NULL OR trigger_id = $4)
              AND ($5::uuid IS NULL OR customer_id = $5)
              AND ($6::timestamptz IS NULL OR created_at >= $6) AND ($7::timestamptz IS NULL OR created_at < $7)
              AND ($8::uuid IS NULL OR id < $8)
            ORDER BY id DESC LIMIT $9""";
    private static final String ONE_EXECUTION = EXECUTION + """
            , result::text AS result, error::text AS error, logs::text AS logs
            FROM all_executions WHERE id = $1 AND created_at = $2""";
    private static final String EVENT = """
            SELECT id, received_at, customer_id, trigger_id, triggered_by, method, path, query, octet_length(body) AS size""";
    private static final String EVENTS = EVENT + """

            FROM events
            WHERE ($1::uuid IS NULL OR trigger_id = $1) AND ($2::uuid IS NULL OR customer_id = $2)
              AND ($3::timestamptz IS NULL OR received_at >= $3) AND ($4::timestamptz IS NULL OR received_at < $4)
              AND ($5::uuid IS NULL OR id < $5)
            ORDER BY id DESC LIMIT $6""";
    private static final String ONE_EVENT = EVENT + """
            , headers::text AS headers, remote_address, receipt::text AS receipt
            FROM events WHERE id = $1 AND received_at = $2""";
    private static final String STORED = """
            SELECT id, customer_id, method, path, query, headers::text AS headers, remote_address, body FROM events""";
    private static final String RAW = "SELECT body FROM events WHERE id = $1 AND received_at = $2";

    private final Postgres postgres;

    /** History in this database. */
    public History(Postgres postgres) {
        this.postgres = postgres;
    }

    /** Executions without result, error and logs. */
    public Future<List<JsonObject>> executions(Tenant tenant, HistoryFilter filter) {
        return list(tenant, EXECUTIONS, Tuple.of(filter.status(), filter.workflow(), filter.eventId(),
                filter.triggerId(), filter.customerId(), filter.from(), filter.to(), filter.before(), filter.limit()),
                History::execution);
    }

    /** One execution with everything, or null. */
    public Future<@Nullable JsonObject> execution(Tenant tenant, UUID id) {
        return one(tenant, ONE_EXECUTION, id, row -> execution(row)
                .put("result", json(row.getString("result")))
                .put("error", json(row.getString("error")))
                .put("logs", json(row.getString("logs"))));
    }

    /** Events without headers, receipt and body. */
    public Future<List<JsonObject>> events(Tenant tenant, HistoryFilter filter) {
        return list(tenant, EVENTS, Tuple.of(filter.triggerId(), filter.customerId(), filter.from(), filter.to(),
                filter.before(), filter.limit()), History::event);
    }

    /** One event with headers and receipt, or null. */
    public Future<@Nullable JsonObject> event(Tenant tenant, UUID id) {
        return one(tenant, ONE_EVENT, id, row -> event(row)
                .put("headers", json(row.getString("headers")))
                .put("remoteAddress", row.getString("remote_address"))
                .put("receipt", json(row.getString("receipt"))));
    }

    /** An event with all that filters can look at. */
    public record StoredEvent(UUID id, @Nullable UUID customerId, String method, String path, @Nullable String query,
            EventHeaders headers, @Nullable String remoteAddress, Buffer body) {}

    /** One event with its body, or null. */
    public Future<@Nullable StoredEvent> stored(Tenant tenant, UUID id) {
        return one(tenant, STORED + " WHERE id = $1 AND received_at = $2", id, History::stored);
    }

    /** Events of a trigger in a time range with their bodies, oldest first, from after an id on. */
    public Future<List<StoredEvent>> stored(
            Tenant tenant, UUID triggerId, OffsetDateTime from, OffsetDateTime to, UUID after, int limit) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery(STORED + """
                         WHERE trigger_id = $1 AND received_at >= $2 AND received_at < $3 AND id > $4
                           AND triggered_by = 'webhook'
                        ORDER BY id LIMIT $5""")
                .execute(Tuple.of(triggerId, from, to, after, limit))
                .map(rows -> {
                    List<StoredEvent> found = new ArrayList<>();
                    rows.forEach(row -> found.add(stored(row)));
                    return found;
                }));
    }

    private static StoredEvent stored(Row row) {
        return new StoredEvent(row.getUUID("id"), row.getUUID("customer_id"), row.getString("method"),
                row.getString("path"), row.getString("query"), EventHeaders.ofJson(row.getString("headers")),
                row.getString("remote_address"), row.getBuffer("body"));
    }

    /** The exact bytes of an event's body, or null. */
    public Future<@Nullable Buffer> rawBody(Tenant tenant, UUID id) {
        return one(tenant, RAW, id, row -> row.getBuffer("body"));
    }

    private Future<List<JsonObject>> list(
            Tenant tenant, String sql, Tuple parameters, Function<Row, JsonObject> shape) {
        return tenant.transaction(postgres, connection ->
                connection.preparedQuery(sql).execute(parameters).map(rows -> {
                    List<JsonObject> found = new ArrayList<>();
                    rows.forEach(row -> found.add(shape.apply(row)));
                    return found;
                }));
    }

    /** An id tells its time, and the time the partition to look in. */
    private <T> Future<@Nullable T> one(Tenant tenant, String sql, UUID id, Function<Row, T> shape) {
        Tuple key = Tuple.of(id, Uuid7.time(id).atOffset(ZoneOffset.UTC));
        return tenant.transaction(postgres, connection -> connection.preparedQuery(sql).execute(key)
                .map(rows -> rows.size() == 0 ? null : shape.apply(rows.iterator().next())));
    }

    private static JsonObject execution(Row row) {
        return new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("createdAt", time(row, "created_at"))
                .put("customerId", text(row.getUUID("customer_id")))
                .put("eventId", text(row.getUUID("event_id")))
                .put("triggerId", text(row.getUUID("trigger_id")))
                .put("workflowId", text(row.getUUID("workflow_id")))
                .put("workflow", row.getString("workflow_slug"))
                .put("version", row.getInteger("version"))
                .put("tier", row.getString("tier"))
                .put("triggeredBy", row.getString("triggered_by"))
                .put("status", row.getString("status"))
                .put("attempt", row.getInteger("attempt"))
                .put("startedAt", time(row, "started_at"))
                .put("finishedAt", time(row, "finished_at"))
                .put("durationMs", row.getDouble("duration_ms"));
    }

    private static JsonObject event(Row row) {
        return new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("receivedAt", time(row, "received_at"))
                .put("customerId", text(row.getUUID("customer_id")))
                .put("triggerId", text(row.getUUID("trigger_id")))
                .put("triggeredBy", row.getString("triggered_by"))
                .put("method", row.getString("method"))
                .put("path", row.getString("path"))
                .put("query", row.getString("query"))
                .put("bodySize", row.getInteger("size"));
    }

    private static @Nullable String time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant().toString();
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    private static @Nullable Object json(@Nullable String text) {
        return text == null ? null : Json.decodeValue(text);
    }
}
