package dev.sluice.executor.dispatcher.history;

import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.postgres.Tenant;
import dev.sluice.executor.dispatcher.BodyCompression;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Executions that failed for good, with all that is needed to run them again. */
public final class DeadLetters {
    private static final String COLUMNS = """
            id, created_at, customer_id, execution_id, event_id, trigger_id, workflow_id, workflow_slug,
            headers::text AS headers, error::text AS error, attempts::text AS attempts, replayed_at, replay_execution_id""";

    private final Postgres postgres;

    /** Dead letters in this database. */
    public DeadLetters(Postgres postgres) {
        this.postgres = postgres;
    }

    /** A dead letter with its payload. */
    public record DeadLetter(JsonObject json, Buffer payload) {}

    /** Dead letters, newest first, older than an id. */
    public Future<List<JsonObject>> list(Tenant tenant, @Nullable String workflow, @Nullable UUID before, int limit) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("SELECT " + COLUMNS + """
                         FROM dead_letters
                        WHERE ($1::text IS NULL OR workflow_slug = $1) AND ($2::uuid IS NULL OR id < $2)
                        ORDER BY id DESC LIMIT $3""")
                .execute(Tuple.of(workflow, before, limit))
                .map(rows -> {
                    List<JsonObject> found = new ArrayList<>();
                    rows.forEach(row -> found.add(json(row)));
                    return found;
                }));
    }

    /** One dead letter, or null. */
    public Future<@Nullable DeadLetter> find(Tenant tenant, UUID id) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("SELECT payload, payload_size, " + COLUMNS + " FROM dead_letters WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return null;
                    }
                    Row row = rows.iterator().next();
                    Buffer payload = row.getBuffer("payload");
                    Integer size = row.getInteger("payload_size");
                    return new DeadLetter(json(row), size == null ? payload : BodyCompression.decompress(payload, size));
                }));
    }

    /** Notes that a dead letter is being run again; answers false if it was before, so that it runs again once. */
    public Future<Boolean> markReplayed(Tenant tenant, UUID id, UUID executionId) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("""
                        UPDATE dead_letters SET replayed_at = now(), replay_execution_id = $2
                        WHERE id = $1 AND replayed_at IS NULL""")
                .execute(Tuple.of(id, executionId))
                .map(rows -> rows.rowCount() == 1));
    }

    /** Takes the note back: running it again did not begin. */
    public Future<Void> unmarkReplayed(Tenant tenant, UUID id) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("UPDATE dead_letters SET replayed_at = NULL, replay_execution_id = NULL WHERE id = $1")
                .execute(Tuple.of(id))
                .mapEmpty());
    }

    private static JsonObject json(Row row) {
        OffsetDateTime replayedAt = row.getOffsetDateTime("replayed_at");
        UUID customer = row.getUUID("customer_id");
        UUID trigger = row.getUUID("trigger_id");
        UUID replay = row.getUUID("replay_execution_id");
        return new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("createdAt", row.getOffsetDateTime("created_at").toInstant().toString())
                .put("customerId", customer == null ? null : customer.toString())
                .put("executionId", row.getUUID("execution_id").toString())
                .put("eventId", row.getUUID("event_id").toString())
                .put("triggerId", trigger == null ? null : trigger.toString())
                .put("workflowId", row.getUUID("workflow_id").toString())
                .put("workflow", row.getString("workflow_slug"))
                .put("headers", Json.decodeValue(row.getString("headers")))
                .put("error", Json.decodeValue(row.getString("error")))
                .put("attempts", Json.decodeValue(row.getString("attempts")))
                .put("replayedAt", replayedAt == null ? null : replayedAt.toInstant().toString())
                .put("replayExecutionId", replay == null ? null : replay.toString());
    }
}
