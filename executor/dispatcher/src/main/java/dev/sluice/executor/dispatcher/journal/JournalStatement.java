package dev.sluice.executor.dispatcher.journal;

import dev.sluice.config.id.Uuid7;
import dev.sluice.executor.dispatcher.Event;
import dev.sluice.executor.dispatcher.Execution;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
        int size = batch.size();
        UUID[] id = new UUID[size];
        OffsetDateTime[] receivedAt = new OffsetDateTime[size];
        UUID[] organization = new UUID[size];
        UUID[] customer = new UUID[size];
        UUID[] trigger = new UUID[size];
        String[][] texts = new String[7][size];
        Buffer[] body = new Buffer[size];
        for (int i = 0; i < size; i++) {
            Event event = batch.get(i).event();
            id[i] = event.id();
            receivedAt[i] = event.receivedAt().atOffset(ZoneOffset.UTC);
            organization[i] = event.organizationId();
            customer[i] = event.customerId();
            trigger[i] = event.triggerId();
            texts[0][i] = event.triggeredBy().wireName();
            texts[1][i] = event.method();
            texts[2][i] = event.path();
            texts[3][i] = event.query();
            texts[4][i] = event.headers().toJson();
            body[i] = event.body();
            texts[5][i] = event.remoteAddress();
            texts[6][i] = event.receipt();
        }
        tuple.addArrayOfUUID(id).addArrayOfOffsetDateTime(receivedAt).addArrayOfUUID(organization)
                .addArrayOfUUID(customer).addArrayOfUUID(trigger);
        for (int i = 0; i < 5; i++) {
            tuple.addArrayOfString(texts[i]);
        }
        tuple.addArrayOfBuffer(body).addArrayOfString(texts[5]).addArrayOfString(texts[6]);
    }

    private static void executions(Tuple tuple, List<JournalEntry> batch) {
        int size = 0;
        for (JournalEntry entry : batch) {
            size += entry.executions().size();
        }
        UUID[][] ids = new UUID[7][size];
        OffsetDateTime[] createdAt = new OffsetDateTime[size];
        OffsetDateTime[] receivedAt = new OffsetDateTime[size];
        String[][] texts = new String[4][size];
        Integer[] version = new Integer[size];
        Boolean[] deadLetter = new Boolean[size];
        Boolean[] leased = new Boolean[size];
        int i = 0;
        for (JournalEntry entry : batch) {
            for (Execution execution : entry.executions()) {
                ids[0][i] = execution.id();
                createdAt[i] = Uuid7.time(execution.id()).atOffset(ZoneOffset.UTC);
                ids[1][i] = execution.organizationId();
                ids[2][i] = execution.customerId();
                ids[3][i] = execution.eventId();
                receivedAt[i] = execution.eventReceivedAt().atOffset(ZoneOffset.UTC);
                ids[4][i] = execution.triggerId();
                ids[5][i] = execution.workflow().workflowId();
                texts[0][i] = execution.workflow().slug();
                version[i] = execution.workflow().version();
                texts[1][i] = execution.workflow().tier().wireName();
                texts[2][i] = execution.triggeredBy().wireName();
                texts[3][i] = new JsonObject(Map.copyOf(execution.routeHeaders())).encode();
                deadLetter[i] = execution.deadLetter();
                ids[6][i] = execution.sequenceKey();
                leased[i] = entry.leased();
                i++;
            }
        }
        tuple.addArrayOfUUID(ids[0]).addArrayOfOffsetDateTime(createdAt).addArrayOfUUID(ids[1]).addArrayOfUUID(ids[2])
                .addArrayOfUUID(ids[3]).addArrayOfOffsetDateTime(receivedAt).addArrayOfUUID(ids[4]).addArrayOfUUID(ids[5])
                .addArrayOfString(texts[0]).addArrayOfInteger(version).addArrayOfString(texts[1])
                .addArrayOfString(texts[2]).addArrayOfString(texts[3]).addArrayOfBoolean(deadLetter)
                .addArrayOfUUID(ids[6]).addArrayOfBoolean(leased);
    }

    private static void keys(Tuple tuple, List<JournalEntry> batch, Duration window) {
        List<JournalEntry> keyed = batch.stream().filter(entry -> entry.deduplicationKey() != null).toList();
        UUID[] ids = new UUID[keyed.size()];
        Buffer[] keys = new Buffer[keyed.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = keyed.get(i).event().id();
            keys[i] = key(keyed.get(i));
        }
        tuple.addArrayOfUUID(ids).addArrayOfBuffer(keys)
                .addValue(Interval.of().seconds(Math.toIntExact(window.toSeconds())));
    }

    static Buffer key(JournalEntry entry) {
        return Buffer.buffer(Objects.requireNonNull(entry.deduplicationKey()).digest());
    }
}
