package dev.sluice.executor.dispatcher.queue;

import dev.sluice.executor.dispatcher.journal.Appended;
import dev.sluice.executor.dispatcher.journal.Journal;
import dev.sluice.executor.dispatcher.journal.JournalEntry;
import dev.sluice.executor.dispatcher.testing.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** A node's queue and journal, on the event loop of a database. */
final class TestNode {
    private final Database database;
    private final ExecutionQueue queue;
    private final Journal journal;

    TestNode(Database database, UUID instance, Duration leaseTimeout) {
        this.database = database;
        queue = new ExecutionQueue(
                database.vertx(), database.loop(), database.pipeline(), database.ids(), instance, leaseTimeout);
        journal = new Journal(database.loop(), database.postgres().journal(), queue::nodeId, 100_000, 64 << 20, Duration.ofHours(1));
    }

    /** A node that is registered and will not be silent for long enough to matter. */
    static TestNode started(Database database) {
        TestNode node = new TestNode(database, database.ids().next(), Duration.ofMinutes(10));
        node.start();
        return node;
    }

    void start() {
        database.call(queue::start);
    }

    ExecutionQueue queue() {
        return queue;
    }

    UUID id() {
        return queue.nodeId();
    }

    /** Journals and waits for the commit. */
    void append(List<JournalEntry> entries) {
        List<Appended> answers = database.call(() ->
                Future.all(entries.stream().map(journal::append).toList()).map(all -> all.<Appended>list()));
        assertThat(answers).containsOnly(new Appended.Committed());
    }

    List<Row> claim(int limit) {
        return database.call(() -> queue.claim(limit));
    }

    /** The ids that a claim takes. */
    List<UUID> claimIds(int limit) {
        return claim(limit).stream().map(row -> row.getUUID("id")).toList();
    }

    boolean settle(Settlement settlement) {
        return database.call(() -> queue.settle(settlement)).held();
    }

    static Settlement.Finished completed(UUID id, long lease) {
        return new Settlement.Finished(id, lease, "completed", 1, null, Duration.ofMillis(2), "{\"ok\":true}", null, "[]", false);
    }

    static Settlement.Finished failed(UUID id, long lease, String error) {
        return new Settlement.Finished(
                id, lease, "failed", 1, Instant.EPOCH, Duration.ofMillis(2), null, error, "[]", true);
    }
}
