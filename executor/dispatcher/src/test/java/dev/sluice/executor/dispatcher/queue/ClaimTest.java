package dev.sluice.executor.dispatcher.queue;

import dev.sluice.executor.dispatcher.journal.JournalEntry;
import dev.sluice.executor.dispatcher.testing.Database;
import dev.sluice.executor.dispatcher.testing.Samples;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("NullAway.Init") // opened before all tests
class ClaimTest {
    private static Database database;
    private final Samples samples = new Samples();
    private final TestNode node = TestNode.started(database);

    @BeforeAll
    static void open() throws Exception {
        database = new Database();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.update("DELETE FROM queue");
        database.update("DELETE FROM backlog");
    }

    @Test
    void nodesThatClaimAtTheSameTimeTakeEveryRowOnce() {
        append(600, null);
        List<TestNode> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(TestNode.started(database));
        }
        List<Future<List<Row>>> claims = new ArrayList<>();
        for (TestNode other : others) {
            claims.add(database.start(() -> claimAll(other.queue(), new ArrayList<>())));
        }
        Database.await(Future.all(claims));

        List<UUID> taken = claims.stream().flatMap(claim -> claim.result().stream()).map(row -> row.getUUID("id")).toList();
        assertThat(taken).hasSize(600).doesNotHaveDuplicates();
        assertThat(database.column("SELECT DISTINCT lease FROM queue")).containsExactly("1");
        assertThat(claims).as("every node had some").allMatch(claim -> !claim.result().isEmpty());
    }

    private static Future<List<Row>> claimAll(ExecutionQueue queue, List<Row> taken) {
        return queue.claim(16).compose(rows -> {
            taken.addAll(rows);
            return database.count("SELECT (SELECT count(*) FROM queue WHERE node_id IS NULL) + (SELECT count(*) FROM backlog)") == 0
                    ? Future.succeededFuture(taken)
                    : claimAll(queue, taken);
        });
    }

    @Test
    void aTenantWithABacklogDoesNotDelayAnother() {
        append(10_000, database.ids().next());
        UUID small = database.ids().next();
        append(1, small);

        assertThat(node.claim(4)).extracting(row -> row.getUUID("customer_id")).hasSize(4).contains(small);
    }

    @Test
    void theOldestOfATenantComesFirst() {
        List<UUID> ids = appendEach(30);
        database.update("UPDATE queue SET run_at = now() - interval '1 hour' WHERE id = ?", ids.getLast());

        assertThat(node.claimIds(1)).containsExactly(ids.getLast());
        assertThat(node.claimIds(100)).containsExactlyInAnyOrderElementsOf(ids.subList(0, 29));
    }

    @Test
    void moreTenantsThanAClaimTakesAreServedInTurn() {
        List<UUID> tenants = IntStream.range(0, 10).mapToObj(i -> database.ids().next()).toList();
        tenants.forEach(tenant -> append(5, tenant));

        List<UUID> served = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            node.claim(4).forEach(row -> served.add(row.getUUID("customer_id")));
        }

        assertThat(served).as("nobody is served a third time before all were served once")
                .hasSize(20).containsAll(tenants);
        int left = 30;
        while (left > 0) {
            List<UUID> claimed = node.claimIds(4);
            assertThat(claimed).isNotEmpty();
            left -= claimed.size();
        }
    }

    @Test
    void whatIsNotDueStays() {
        List<UUID> ids = appendEach(2);
        database.update("UPDATE queue SET run_at = now() + interval '1 hour' WHERE id = ?", ids.getFirst());

        assertThat(node.claimIds(10)).containsExactly(ids.getLast());
    }

    @Test
    void aSequenceRunsOneAtATimeInOrder() {
        List<UUID> ids = IntStream.range(0, 3).mapToObj(i -> append(samples.sequential())).toList();
        TestNode other = TestNode.started(database);

        for (UUID id : ids) {
            assertThat(node.claimIds(10)).containsExactly(id);
            assertThat(other.claimIds(10)).isEmpty();
            assertThat(node.settle(TestNode.completed(id, 1))).isTrue();
        }
    }

    @Test
    void aSequenceWaitsForARetryOfItsFirst() {
        UUID first = append(samples.sequential());
        append(samples.sequential());
        node.claim(1);
        node.settle(new Settlement.Retried(first, 1, Duration.ofHours(1), "{}", "{}"));

        assertThat(node.claimIds(10)).isEmpty();
    }

    @Test
    void anEarlierOneThatCommitsLateDoesNotRunBesideALaterOne() {
        JournalEntry early = samples.sequential();
        UUID late = append(samples.sequential());
        assertThat(node.claimIds(10)).containsExactly(late);
        UUID id = append(early);

        assertThat(node.claimIds(10)).isEmpty();
        node.settle(TestNode.completed(late, 1));
        assertThat(node.claimIds(10)).containsExactly(id);
    }

    @Test
    void theEventComesWithTheClaimOrNotAtAll() {
        UUID there = append(1, null).getFirst();
        UUID gone = append(1, null).getFirst();
        database.update("DELETE FROM event_pages WHERE id = (SELECT event_page_id FROM queue WHERE id = ?)", gone);

        List<Row> rows = node.claim(10);

        assertThat(rows).hasSize(2).allSatisfy(row -> assertThat(row.getBuffer("body") == null)
                .isEqualTo(row.getUUID("id").equals(gone)));
        assertThat(rows).extracting(row -> row.getUUID("id")).containsExactlyInAnyOrder(there, gone);
    }

    /** Each in a commit of its own, as when they come one by one: they are in the queue at once. */
    private List<UUID> appendEach(int count) {
        return IntStream.range(0, count).mapToObj(i -> append(samples.waiting(null))).toList();
    }

    private UUID append(JournalEntry entry) {
        node.append(List.of(entry));
        return entry.executions().getFirst().id();
    }

    private List<UUID> append(int count, @Nullable UUID customer) {
        List<JournalEntry> entries = IntStream.range(0, count).mapToObj(i -> samples.waiting(customer)).toList();
        node.append(entries);
        return entries.stream().map(entry -> entry.executions().getFirst().id()).toList();
    }
}
