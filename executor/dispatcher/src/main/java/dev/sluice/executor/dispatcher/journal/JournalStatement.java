package dev.sluice.executor.dispatcher.journal;

import dev.sluice.config.id.Uuid7;
import dev.sluice.executor.dispatcher.Event;
import dev.sluice.executor.dispatcher.Execution;
import dev.sluice.executor.dispatcher.batch.Columns;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
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
    private final String sql;
    private final Tuple tuple = Tuple.tuple();
    private final Map<UUID, UUID> pageOfEvent = new HashMap<>();

    private JournalStatement(List<JournalEntry> batch, UUID node, @Nullable Duration deduplicationWindow) {
        events(EventPage.of(batch));
        List<Queued> queued = new ArrayList<>();
        List<BacklogRow> waiting = new ArrayList<>();
        sort(batch, queued, waiting);
        if (deduplicationWindow != null) {
            queue(node, queued);
            backlog(waiting);
            keys(batch, deduplicationWindow);
            sql = JournalSql.DEDUPLICATING;
            return;
        }
        if (!queued.isEmpty()) {
            queue(node, queued);
        }
        if (!waiting.isEmpty()) {
            backlog(waiting);
        }
        sql = JournalSql.of(!queued.isEmpty(), !waiting.isEmpty());
    }

    /**
     * A batch as a statement.
     *
     * @param node under whose id executions are leased
     * @param deduplicationWindow how long its keys are remembered; null if it has none
     */
    static JournalStatement of(List<JournalEntry> batch, UUID node, @Nullable Duration deduplicationWindow) {
        return new JournalStatement(batch, node, deduplicationWindow);
    }

    /** Executes it; answers the ids of the events whose key was new, if there are keys. */
    Future<RowSet<Row>> execute(Pool pool) {
        return pool.preparedQuery(sql).execute(tuple);
    }

    private void events(List<EventPage> pages) {
        List<JournalEntry> all = new ArrayList<>();
        List<Slice<EventPage>> slices = new ArrayList<>(pages.size());
        for (EventPage page : pages) {
            slices.add(new Slice<>(page, all.size(), page.entries().size()));
            all.addAll(page.entries());
            page.entries().forEach(entry -> pageOfEvent.put(entry.event().id(), page.id()));
        }
        new Columns<JournalEntry>(all, tuple)
                .uuid(entry -> entry.event().id())
                .text(JournalEntry::details)
                .bytes(JournalEntry::body);
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

    private record Queued(Execution execution, boolean leased) {}

    /** What is leased, must run in sequence or may be a duplicate is in the queue by itself, and so is what is alone. */
    private static void sort(List<JournalEntry> batch, List<Queued> queued, List<BacklogRow> waiting) {
        List<Execution> certain = new ArrayList<>();
        for (JournalEntry entry : batch) {
            for (Execution execution : entry.executions()) {
                if (entry.leased() || entry.deduplicationKey() != null || execution.sequenceKey() != null) {
                    queued.add(new Queued(execution, entry.leased()));
                } else {
                    certain.add(execution);
                }
            }
        }
        for (BacklogRow row : BacklogRow.of(certain)) {
            if (row.executions().size() == 1) {
                queued.add(new Queued(row.first(), false));
            } else {
                waiting.add(row);
            }
        }
    }

    private void queue(UUID node, List<Queued> rows) {
        tuple.addUUID(node);
        new Columns<Queued>(rows, tuple)
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
                .bool(Queued::leased);
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
