package dev.sluice.executor.dispatcher.journal;

import dev.sluice.config.id.Uuid7;
import dev.sluice.executor.dispatcher.Execution;
import dev.sluice.executor.dispatcher.batch.Columns;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A batch of entries as one SQL statement, which is one transaction and one round trip. */
final class JournalStatement {
    private static final String INCOMING = """
            unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[],
                   $9::text[], $10::text[], $11::bytea[], $12::text[], $13::text[])
              AS incoming (id, received_at, organization_id, customer_id, trigger_id, triggered_by, method, path,
                           query, headers, body, remote_address, receipt)""";
    private static final String INSERT_EVENTS = """
            INSERT INTO events (id, received_at, organization_id, customer_id, trigger_id, triggered_by, method, path,
                                query, headers, body, remote_address, receipt)
            SELECT id, received_at, organization_id, customer_id, trigger_id, triggered_by, method, path,
                   query, headers::json, body, remote_address, receipt::json FROM\s""";
    private static final String INSERT_QUEUE = """
            INSERT INTO queue (id, created_at, organization_id, customer_id, tenant_id, event_id, event_received_at,
                               trigger_id, workflow_id, workflow_slug, version, tier, triggered_by, headers, dead_letter,
                               sequence_key, run_at, node_id, leased_at, lease)
            SELECT q.id, q.created_at, q.organization_id, q.customer_id, coalesce(q.customer_id, q.organization_id),
                   q.event_id, q.event_received_at, q.trigger_id, q.workflow_id, q.workflow_slug, q.version, q.tier,
                   q.triggered_by, q.headers::json, q.dead_letter, q.sequence_key, now(),
                   CASE WHEN q.leased THEN $14::uuid END, CASE WHEN q.leased THEN now() END,
                   CASE WHEN q.leased THEN 1 ELSE 0 END
            FROM unnest($15::uuid[], $16::timestamptz[], $17::uuid[], $18::uuid[], $19::uuid[], $20::timestamptz[],
                        $21::uuid[], $22::uuid[], $23::text[], $24::int[], $25::text[], $26::text[], $27::text[],
                        $28::bool[], $29::uuid[], $30::bool[])
              AS q (id, created_at, organization_id, customer_id, event_id, event_received_at, trigger_id, workflow_id,
                    workflow_slug, version, tier, triggered_by, headers, dead_letter, sequence_key, leased)""";

    /** For batches in which no entry has a deduplication key; answers nothing. */
    static final String PLAIN =
            "WITH queued AS (" + INSERT_QUEUE + ")\n" + INSERT_EVENTS + INCOMING;

    /**
     * For the others; answers the ids of the events whose key was new. Keys are written in one order everywhere, so that
     * two batches with the same keys cannot wait for each other in a circle.
     */
    static final String DEDUPLICATING = "WITH incoming AS MATERIALIZED (SELECT * FROM " + INCOMING + """
            ), fresh AS (
                INSERT INTO deduplication AS known (trigger_id, key, organization_id, event_id, expires_at)
                SELECT incoming.trigger_id, keyed.key, incoming.organization_id, incoming.id, now() + $33::interval
                FROM unnest($31::uuid[], $32::bytea[]) AS keyed (event_id, key) JOIN incoming ON incoming.id = keyed.event_id
                ORDER BY incoming.trigger_id, keyed.key
                ON CONFLICT (trigger_id, key) DO UPDATE SET event_id = excluded.event_id, expires_at = excluded.expires_at
                WHERE known.expires_at < now()
                RETURNING event_id
            ), accepted AS MATERIALIZED (
                SELECT id FROM incoming WHERE id <> ALL ($31::uuid[]) OR id IN (SELECT event_id FROM fresh)
            ), queued AS (
            """ + INSERT_QUEUE + " WHERE q.event_id IN (SELECT id FROM accepted)\n), journalled AS (\n"
            + INSERT_EVENTS + "incoming WHERE id IN (SELECT id FROM accepted))\nSELECT event_id FROM fresh";

    private JournalStatement() {}

    static Tuple parameters(List<JournalEntry> batch, UUID node, @Nullable Duration deduplicationWindow) {
        Tuple tuple = Tuple.tuple();
        events(tuple, batch);
        tuple.addUUID(node);
        executions(tuple, batch);
        if (deduplicationWindow != null) {
            keys(tuple, batch, deduplicationWindow);
        }
        return tuple;
    }

    private static void events(Tuple tuple, List<JournalEntry> batch) {
        new Columns<JournalEntry>(batch, tuple)
                .uuid(entry -> entry.event().id())
                .time(entry -> entry.event().receivedAt())
                .uuid(entry -> entry.event().organizationId())
                .uuid(entry -> entry.event().customerId())
                .uuid(entry -> entry.event().triggerId())
                .text(entry -> entry.event().triggeredBy().wireName())
                .text(entry -> entry.event().method())
                .text(entry -> entry.event().path())
                .text(entry -> entry.event().query())
                .text(entry -> entry.event().headers().toJson())
                .bytes(entry -> entry.event().body())
                .text(entry -> entry.event().remoteAddress())
                .text(entry -> entry.event().receipt());
    }

    private record Row(Execution execution, boolean leased) {}

    private static void executions(Tuple tuple, List<JournalEntry> batch) {
        List<Row> rows = new ArrayList<>();
        for (JournalEntry entry : batch) {
            entry.executions().forEach(execution -> rows.add(new Row(execution, entry.leased())));
        }
        new Columns<Row>(rows, tuple)
                .uuid(row -> row.execution().id())
                .time(row -> Uuid7.time(row.execution().id()))
                .uuid(row -> row.execution().organizationId())
                .uuid(row -> row.execution().customerId())
                .uuid(row -> row.execution().eventId())
                .time(row -> row.execution().eventReceivedAt())
                .uuid(row -> row.execution().triggerId())
                .uuid(row -> row.execution().workflow().workflowId())
                .text(row -> row.execution().workflow().slug())
                .integer(row -> row.execution().workflow().version())
                .text(row -> row.execution().workflow().tier().wireName())
                .text(row -> row.execution().triggeredBy().wireName())
                .text(row -> headers(row.execution()))
                .bool(row -> row.execution().deadLetter())
                .uuid(row -> row.execution().sequenceKey())
                .bool(Row::leased);
    }

    private static String headers(Execution execution) {
        return execution.routeHeaders().isEmpty()
                ? "{}"
                : new JsonObject(Map.copyOf(execution.routeHeaders())).encode();
    }

    private static void keys(Tuple tuple, List<JournalEntry> batch, Duration window) {
        List<JournalEntry> keyed = batch.stream().filter(entry -> entry.deduplicationKey() != null).toList();
        new Columns<JournalEntry>(keyed, tuple).uuid(entry -> entry.event().id()).bytes(JournalStatement::key);
        tuple.addValue(Interval.of().seconds(Math.toIntExact(window.toSeconds())));
    }

    static Buffer key(JournalEntry entry) {
        return Buffer.buffer(Objects.requireNonNull(entry.deduplicationKey()).digest());
    }
}
