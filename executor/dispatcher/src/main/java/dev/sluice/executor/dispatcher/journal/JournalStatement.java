package dev.sluice.executor.dispatcher.journal;

import dev.sluice.config.id.Uuid7;
import dev.sluice.executor.dispatcher.Event;
import dev.sluice.executor.dispatcher.Execution;
import dev.sluice.executor.dispatcher.batch.Columns;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A batch of entries as one SQL statement, which is one transaction and one round trip. Events are written by the page.
 * Executions go to the queue, or to the backlog if several alike wait for a node.
 */
final class JournalStatement {
    /** Arrays of all events, of which a page takes a slice: an array a page would be an array of arrays. */
    private static final String INSERT_PAGES = """
            INSERT INTO event_pages (id, received_at, organization_id, customer_id, trigger_id, triggered_by,
                                     ids, details, bodies)
            SELECT id, received_at, organization_id, customer_id, trigger_id, triggered_by, ($1::uuid[])[first:last],
                   ($2::text[])[first:last], ($3::bytea[])[first:last]
            FROM unnest($4::uuid[], $5::timestamptz[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::int[], $11::int[])
              AS page (id, received_at, organization_id, customer_id, trigger_id, triggered_by, first, last)""";
    private static final String INSERT_QUEUE = """
            INSERT INTO queue (id, created_at, organization_id, customer_id, tenant_id, event_id, event_page_id,
                               trigger_id, workflow_id, workflow_slug, version, tier, triggered_by, headers, dead_letter,
                               sequence_key, run_at, node_id, leased_at, lease)
            SELECT q.id, q.created_at, q.organization_id, q.customer_id, coalesce(q.customer_id, q.organization_id),
                   q.event_id, q.event_page_id, q.trigger_id, q.workflow_id, q.workflow_slug, q.version, q.tier,
                   q.triggered_by, q.headers::json, q.dead_letter, q.sequence_key, now(),
                   CASE WHEN q.leased THEN $12::uuid END, CASE WHEN q.leased THEN now() END,
                   CASE WHEN q.leased THEN 1 ELSE 0 END
            FROM unnest($13::uuid[], $14::timestamptz[], $15::uuid[], $16::uuid[], $17::uuid[], $18::uuid[], $19::uuid[],
                        $20::uuid[], $21::text[], $22::int[], $23::text[], $24::text[], $25::text[], $26::bool[],
                        $27::uuid[], $28::bool[])
              AS q (id, created_at, organization_id, customer_id, event_id, event_page_id, trigger_id, workflow_id,
                    workflow_slug, version, tier, triggered_by, headers, dead_letter, sequence_key, leased)""";
    private static final String INSERT_BACKLOG = """
            INSERT INTO backlog (id, organization_id, customer_id, tenant_id, trigger_id, workflow_id, workflow_slug, version,
                                 tier, triggered_by, headers, dead_letter, executions, events, pages)
            SELECT id, organization_id, customer_id, coalesce(customer_id, organization_id), trigger_id, workflow_id,
                   workflow_slug, version, tier, triggered_by, headers::json, dead_letter, ($29::uuid[])[first:last],
                   ($30::uuid[])[first:last], ($31::uuid[])[first:last]
            FROM unnest($32::uuid[], $33::uuid[], $34::uuid[], $35::uuid[], $36::uuid[], $37::text[], $38::int[], $39::text[],
                        $40::text[], $41::text[], $42::bool[], $43::int[], $44::int[])
              AS alike (id, organization_id, customer_id, trigger_id, workflow_id, workflow_slug, version, tier,
                        triggered_by, headers, dead_letter, first, last)""";

    /** For batches in which no entry has a deduplication key; answers nothing. */
    static final String PLAIN =
            "WITH queued AS (" + INSERT_QUEUE + "), waiting AS (" + INSERT_BACKLOG + ")\n" + INSERT_PAGES;

    /**
     * For the others; answers the ids of the events whose key was new. Keys are written in one order everywhere, so that
     * two batches with the same keys cannot wait for each other in a circle. An event with a key is a page, and its
     * executions are not in the backlog.
     */
    static final String DEDUPLICATING = """
            WITH fresh AS (
                INSERT INTO deduplication AS known (trigger_id, key, organization_id, event_id, expires_at)
                SELECT trigger_id, key, organization_id, event_id, now() + $49::interval
                FROM unnest($45::uuid[], $46::bytea[], $47::uuid[], $48::uuid[])
                  AS keyed (event_id, key, organization_id, trigger_id)
                ORDER BY trigger_id, key
                ON CONFLICT (trigger_id, key) DO UPDATE SET event_id = excluded.event_id, expires_at = excluded.expires_at
                WHERE known.expires_at < now()
                RETURNING event_id
            ), duplicate AS MATERIALIZED (
                SELECT event_id FROM unnest($45::uuid[]) AS keyed (event_id) EXCEPT SELECT event_id FROM fresh
            ), queued AS (
            """ + INSERT_QUEUE + " WHERE q.event_id NOT IN (SELECT event_id FROM duplicate)\n), waiting AS ("
            + INSERT_BACKLOG + "), journalled AS (\n"
            + INSERT_PAGES + " WHERE page.id NOT IN (SELECT event_id FROM duplicate))\nSELECT event_id FROM fresh";

    private final Tuple tuple = Tuple.tuple();
    private final Map<UUID, UUID> pageOfEvent = new HashMap<>();

    private JournalStatement() {}

    static Tuple parameters(List<JournalEntry> batch, UUID node, @Nullable Duration deduplicationWindow) {
        JournalStatement statement = new JournalStatement();
        statement.events(EventPage.of(batch));
        statement.tuple.addUUID(node);
        statement.executions(batch);
        if (deduplicationWindow != null) {
            statement.keys(batch, deduplicationWindow);
        }
        return statement.tuple;
    }

    private void events(List<EventPage> pages) {
        List<EventPage.Stored> all = new ArrayList<>();
        List<Slice<EventPage>> slices = new ArrayList<>(pages.size());
        for (EventPage page : pages) {
            slices.add(new Slice<>(page, all.size(), page.events().size()));
            all.addAll(page.events());
            page.events().forEach(stored -> pageOfEvent.put(stored.event().id(), page.id()));
        }
        new Columns<EventPage.Stored>(all, tuple)
                .uuid(stored -> stored.event().id())
                .text(EventPage.Stored::details)
                .bytes(stored -> stored.event().body());
        new Columns<Slice<EventPage>>(slices, tuple)
                .uuid(slice -> slice.of().id())
                .time(slice -> Uuid7.time(slice.of().id()))
                .uuid(slice -> event(slice).organizationId())
                .uuid(slice -> event(slice).customerId())
                .uuid(slice -> event(slice).triggerId())
                .text(slice -> event(slice).triggeredBy().wireName())
                .integer(Slice::first)
                .integer(Slice::last);
    }

    private static Event event(Slice<EventPage> slice) {
        return slice.of().first();
    }

    private record Row(Execution execution, boolean leased) {}

    private void executions(List<JournalEntry> batch) {
        List<Row> queued = new ArrayList<>();
        List<Execution> waiting = new ArrayList<>();
        for (JournalEntry entry : batch) {
            boolean certain = !entry.leased() && entry.deduplicationKey() == null;
            for (Execution execution : entry.executions()) {
                if (certain && execution.sequenceKey() == null) {
                    waiting.add(execution);
                } else {
                    queued.add(new Row(execution, entry.leased()));
                }
            }
        }
        List<BacklogRow> several = new ArrayList<>();
        for (BacklogRow row : BacklogRow.of(waiting)) {
            if (row.executions().size() == 1) {
                queued.add(new Row(row.first(), false));
            } else {
                several.add(row);
            }
        }
        queue(queued);
        backlog(several);
    }

    private void queue(List<Row> rows) {
        new Columns<Row>(rows, tuple)
                .uuid(row -> row.execution().id())
                .time(row -> Uuid7.time(row.execution().id()))
                .uuid(row -> row.execution().organizationId())
                .uuid(row -> row.execution().customerId())
                .uuid(row -> row.execution().eventId())
                .uuid(row -> pageOf(row.execution()))
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

    private void backlog(List<BacklogRow> rows) {
        List<Execution> all = new ArrayList<>();
        List<Slice<Execution>> slices = new ArrayList<>(rows.size());
        for (BacklogRow row : rows) {
            slices.add(new Slice<>(row.first(), all.size(), row.executions().size()));
            all.addAll(row.executions());
        }
        new Columns<Execution>(all, tuple).uuid(Execution::id).uuid(Execution::eventId).uuid(this::pageOf);
        new Columns<Slice<Execution>>(slices, tuple)
                .uuid(slice -> slice.of().id())
                .uuid(slice -> slice.of().organizationId())
                .uuid(slice -> slice.of().customerId())
                .uuid(slice -> slice.of().triggerId())
                .uuid(slice -> slice.of().workflow().workflowId())
                .text(slice -> slice.of().workflow().slug())
                .integer(slice -> slice.of().workflow().version())
                .text(slice -> slice.of().workflow().tier().wireName())
                .text(slice -> slice.of().triggeredBy().wireName())
                .text(slice -> headers(slice.of()))
                .bool(slice -> slice.of().deadLetter())
                .integer(Slice::first)
                .integer(Slice::last);
    }

    private UUID pageOf(Execution execution) {
        return Objects.requireNonNull(pageOfEvent.get(execution.eventId()));
    }

    private static String headers(Execution execution) {
        return execution.routeHeaders().isEmpty()
                ? "{}"
                : new JsonObject(Map.copyOf(execution.routeHeaders())).encode();
    }

    private void keys(List<JournalEntry> batch, Duration window) {
        List<JournalEntry> keyed = batch.stream().filter(entry -> entry.deduplicationKey() != null).toList();
        new Columns<JournalEntry>(keyed, tuple)
                .uuid(entry -> entry.event().id())
                .bytes(JournalStatement::key)
                .uuid(entry -> entry.event().organizationId())
                .uuid(entry -> entry.event().triggerId());
        tuple.addValue(Interval.of().seconds(Math.toIntExact(window.toSeconds())));
    }

    static Buffer key(JournalEntry entry) {
        return Buffer.buffer(Objects.requireNonNull(entry.deduplicationKey()).digest());
    }

    /**
     * A row that takes a slice of arrays.
     *
     * @param offset of its first element, from 0
     */
    private record Slice<T>(T of, int offset, int size) {
        /** As PostgreSQL counts. */
        int first() {
            return offset + 1;
        }

        int last() {
            return offset + size;
        }
    }
}
