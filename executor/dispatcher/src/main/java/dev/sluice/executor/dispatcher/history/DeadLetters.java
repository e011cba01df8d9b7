package dev.sluice.executor.dispatcher.history;

import dev.sluice.config.json.ObjectText;
import dev.sluice.config.json.RawJson;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.postgres.Tenant;
import dev.sluice.executor.dispatcher.BodyCompression;
import dev.sluice.executor.dispatcher.EventDetails;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Executions that failed for good, with all that is needed to run them again. */
public final class DeadLetters {
    private static final String COLUMNS = """
            id, created_at, customer_id, execution_id, event_id, trigger_id, workflow_id, workflow_slug,
            headers::text AS headers, replayed_at, replay_execution_id,\s""";
    private static final String WHOLE = "error::text AS error, attempts::text AS attempts";
    /** A page of a list has up to 200 of them. */
    private static final String SHORT = """
            CASE WHEN length(error::text) > 32768 THEN '{"omitted":"GET the dead letter for it"}' ELSE error::text END AS error,
            CASE WHEN length(attempts::text) > 32768 THEN NULL ELSE attempts::text END AS attempts""";
    /** The API answers with a payload up to this size; a larger one has a path of its own. */
    private static final int MAX_SHOWN_PAYLOAD = 1 << 20;

    private final Postgres postgres;

    /** Dead letters in this database. */
    public DeadLetters(Postgres postgres) {
        this.postgres = postgres;
    }

    /**
     * A dead letter.
     *
     * @param routeHeaders what the route added to the sender's headers
     * @param event the event besides its body; null if neither the dead letter nor the journal has it
     */
    public record DeadLetter(UUID id, @Nullable UUID customerId, UUID executionId, UUID eventId, @Nullable UUID triggerId,
            UUID workflowId, String workflow, Map<String, String> routeHeaders, Buffer payload,
            @Nullable EventDetails event, RawJson json) {}

    /** Dead letters without payload, newest first, older than an id; attempts are null where they are long. */
    public Future<List<Item>> list(Tenant tenant, @Nullable String workflow, @Nullable UUID before, int limit) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("SELECT " + COLUMNS + SHORT + """
                         FROM dead_letters
                        WHERE ($1::text IS NULL OR workflow_slug = $1) AND ($2::uuid IS NULL OR id < $2)
                        ORDER BY id DESC LIMIT $3""")
                .execute(Tuple.of(workflow, before, limit))
                .map(rows -> {
                    List<Item> found = new ArrayList<>();
                    rows.forEach(row -> found.add(new Item(row.getUUID("id").toString(), json(row).toJson())));
                    return found;
                }));
    }

    /** One dead letter with its payload, or null. */
    public Future<@Nullable DeadLetter> find(Tenant tenant, UUID id) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("SELECT payload, payload_size, event_details, " + COLUMNS + WHOLE + " FROM dead_letters WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0 ? null : letter(rows.iterator().next())));
    }

    private static DeadLetter letter(Row row) {
        Buffer stored = row.getBuffer("payload");
        Integer size = row.getInteger("payload_size");
        Buffer payload = size == null ? stored : BodyCompression.decompress(stored, size);
        String details = row.getString("event_details");
        Map<String, String> routeHeaders = new HashMap<>();
        new RawJson(row.getString("headers")).members()
                .forEach((name, value) -> routeHeaders.put(name, String.valueOf(value.string())));
        return new DeadLetter(row.getUUID("id"), row.getUUID("customer_id"), row.getUUID("execution_id"),
                row.getUUID("event_id"), row.getUUID("trigger_id"), row.getUUID("workflow_id"),
                row.getString("workflow_slug"), routeHeaders, payload,
                details == null ? null : EventDetails.ofJson(details), json(row, payload).toJson());
    }

    /** The payload as the JSON that it is, else its bytes. */
    private static ObjectText json(Row row, Buffer payload) {
        ObjectText json = json(row).put("payloadSize", payload.length());
        if (payload.length() > MAX_SHOWN_PAYLOAD) {
            return json.put("payloadEncoding", "omitted").put("payload", RawJson.NULL);
        }
        RawJson document = document(payload);
        return document == null
                ? json.put("payloadEncoding", "base64").put("payload", Base64.getEncoder().encodeToString(payload.getBytes()))
                : json.put("payloadEncoding", "json").put("payload", document);
    }

    private static @Nullable RawJson document(Buffer payload) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload.getBytes())).toString();
            String document = text.startsWith("\uFEFF") ? text.substring(1) : text;
            return RawJson.isJson(document) ? new RawJson(document) : null;
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    /** Deletes a dead letter; answers false if there is none. */
    public Future<Boolean> delete(Tenant tenant, UUID id) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("DELETE FROM dead_letters WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.rowCount() == 1));
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

    private static ObjectText json(Row row) {
        OffsetDateTime replayedAt = row.getOffsetDateTime("replayed_at");
        return new ObjectText()
                .put("id", row.getUUID("id"))
                .put("createdAt", row.getOffsetDateTime("created_at").toInstant())
                .put("customerId", row.getUUID("customer_id"))
                .put("executionId", row.getUUID("execution_id"))
                .put("eventId", row.getUUID("event_id"))
                .put("triggerId", row.getUUID("trigger_id"))
                .put("workflowId", row.getUUID("workflow_id"))
                .put("workflow", row.getString("workflow_slug"))
                .put("headers", RawJson.of(row.getString("headers")))
                .put("error", RawJson.of(row.getString("error")))
                .put("attempts", RawJson.of(row.getString("attempts")))
                .put("replayedAt", replayedAt == null ? null : replayedAt.toInstant())
                .put("replayExecutionId", row.getUUID("replay_execution_id"));
    }
}
