package dev.sluice.executor.dispatcher.history;

import dev.sluice.config.id.Uuid7;
import dev.sluice.config.json.ObjectText;
import dev.sluice.config.json.RawJson;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.postgres.Tenant;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Executions as the API shows them, newest first. */
public final class Executions {
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
            , result::text AS result, error::text AS error, logs::text AS logs, past_attempts
            FROM all_executions WHERE id = $1 AND created_at = $2""";
    private final Postgres postgres;

    /** Executions in this database. */
    public Executions(Postgres postgres) {
        this.postgres = postgres;
    }

    /** Executions without result, error and logs. */
    public Future<List<Item>> list(Tenant tenant, HistoryFilter filter) {
        return many(tenant, EXECUTIONS, Tuple.of(filter.status(), filter.workflow(), filter.eventId(),
                filter.triggerId(), filter.customerId(), filter.from(), filter.to(), filter.before(), filter.limit()),
                row -> new Item(row.getUUID("id").toString(), execution(row).toJson()));
    }

    /** One execution with everything, or null. */
    public Future<@Nullable RawJson> find(Tenant tenant, UUID id) {
        return one(tenant, ONE_EXECUTION, id, row -> execution(row)
                .put("result", RawJson.of(row.getString("result")))
                .put("error", RawJson.of(row.getString("error")))
                .put("logs", RawJson.of(row.getString("logs")))
                .put("attempts", attempts(row))
                .toJson());
    }

    /** The attempts before, and the last one if it has ended. */
    private static RawJson attempts(Row row) {
        String past = row.getString("past_attempts").strip();
        if (row.getOffsetDateTime("finished_at") == null) {
            return new RawJson(past);
        }
        String last = new ObjectText()
                .put("attempt", row.getInteger("attempt"))
                .put("status", row.getString("status"))
                .put("startedAt", time(row, "started_at"))
                .put("durationMs", row.getDouble("duration_ms"))
                .put("error", RawJson.of(row.getString("error")))
                .put("logs", RawJson.of(row.getString("logs")))
                .toJson().text();
        String before = past.substring(0, past.length() - 1).stripTrailing();
        return new RawJson(before + (before.equals("[") ? "" : ",") + last + "]");
    }

    private <T> Future<List<T>> many(
            Tenant tenant, String sql, Tuple parameters, Function<Row, T> shape) {
        return tenant.transaction(postgres, connection ->
                connection.preparedQuery(sql).execute(parameters).map(rows -> {
                    List<T> found = new ArrayList<>();
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

    private static ObjectText execution(Row row) {
        return new ObjectText()
                .put("id", row.getUUID("id"))
                .put("createdAt", time(row, "created_at"))
                .put("customerId", row.getUUID("customer_id"))
                .put("eventId", row.getUUID("event_id"))
                .put("triggerId", row.getUUID("trigger_id"))
                .put("workflowId", row.getUUID("workflow_id"))
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

    private static @Nullable String time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant().toString();
    }
}
