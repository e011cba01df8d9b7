package dev.sluice.executor.dispatcher.queue;

import dev.sluice.executor.dispatcher.journal.JournalEntry;
import dev.sluice.executor.dispatcher.testing.Database;
import dev.sluice.executor.dispatcher.testing.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What happens to the executions of a node that is silent, restarted, expelled, stopped or forgetful. */
@SuppressWarnings("NullAway.Init") // opened before each test
class NodeLossTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofMinutes(10);
    private final Samples samples = new Samples();
    private Database database;

    @BeforeEach
    void open() throws Exception {
        database = new Database();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aSilentNodeLosesItsExecutionsToAnotherAndItsSettlementsAreRefused() {
        // So rarely does this one speak that the other takes it for dead.
        TestNode silent = node(LONG);
        UUID id = append(silent, samples.leased());
        TestNode other = node(SHORT);

        await().until(() -> other.claimIds(10), List.of(id)::equals);

        assertThat(silent.settle(TestNode.completed(id, 1))).isFalse();
        assertThat(other.settle(TestNode.completed(id, 2))).isTrue();
        assertThat(database.column("SELECT id FROM nodes")).containsExactly(other.id().toString());
    }

    @Test
    void aNodeThatSpeaksKeepsItsExecutions() {
        TestNode one = node(SHORT);
        UUID id = append(one, samples.leased());
        node(SHORT);
        String started = "SELECT count(*) FROM nodes WHERE heartbeat_at > started_at + interval '700 ms'";

        await().until(() -> database.count(started) == 2);

        assertThat(database.value("SELECT node_id FROM queue WHERE id = ?", id)).isEqualTo(one.id().toString());
    }

    @Test
    void aNodeThatJoinsKnowsOfTheOthersAtOnce() {
        assertThat(node(LONG).queue().nodes()).isEqualTo(1);
        assertThat(node(LONG).queue().nodes()).isEqualTo(2);
    }

    @Test
    void aRestartRescuesAtOnceWhatTheSameInstanceHeld() {
        UUID instance = database.ids().next();
        TestNode before = new TestNode(database, instance, LONG);
        before.start();
        UUID id = append(before, samples.leased());

        TestNode after = new TestNode(database, instance, LONG);
        after.start();

        assertThat(after.claimIds(10)).containsExactly(id);
        assertThat(before.settle(TestNode.completed(id, 1))).isFalse();
    }

    @Test
    void anExpelledNodeLearnsItAndComesBackUnderAnotherName() {
        TestNode node = node(SHORT);
        UUID before = node.id();
        AtomicInteger expelled = new AtomicInteger();
        node.queue().onExpelled(expelled::incrementAndGet);
        UUID id = append(node, samples.leased());

        database.update("DELETE FROM nodes WHERE id = ?", before);

        await().until(() -> expelled.get() == 1);
        assertThat(node.id()).isNotEqualTo(before);
        assertThat(node.settle(TestNode.completed(id, 1))).isFalse();
        await().until(() -> node.claimIds(10), List.of(id)::equals);
        assertThat(node.settle(TestNode.completed(id, 1))).as("the lease it had before").isFalse();
        assertThat(node.settle(TestNode.completed(id, 2))).isTrue();
    }

    @Test
    void whatIsJournalledAsLeasedByANodeJustStruckOffIsRescued() {
        TestNode struckOff = node(LONG);
        database.update("DELETE FROM nodes");
        UUID id = append(struckOff, samples.leased());
        TestNode other = node(LONG);

        assertThat(other.claimIds(10)).containsExactly(id);
        assertThat(struckOff.settle(TestNode.completed(id, 1))).isFalse();
    }

    @Test
    void aNodeThatStopsGivesEverythingBack() {
        TestNode node = node(LONG);
        UUID id = append(node, samples.leased());
        database.call(node.queue()::stop);

        assertThat(database.column("SELECT id FROM nodes")).isEmpty();
        assertThat(database.value("SELECT concat_ws(' ', node_id, run_at <= now()) FROM queue WHERE id = ?", id)).isEqualTo("t");
    }

    @Test
    void leasesANodeDoesNotKnowOfAreGivenBack() {
        TestNode node = node(SHORT);
        UUID known = append(node, samples.leased());
        node.queue().holding(() -> Set.of(known));
        // As when the answer to a claim is lost with its connection.
        UUID forgotten = append(node, samples.leased());

        await().until(() -> node.claimIds(10), List.of(forgotten)::equals);

        assertThat(database.value("SELECT lease FROM queue WHERE id = ?", known)).isEqualTo("1");
    }

    @Test
    void aNodeOutlivesTheDatabaseBeingAway() {
        TestNode node = node(SHORT);
        AtomicInteger expelled = new AtomicInteger();
        node.queue().onExpelled(expelled::incrementAndGet);
        database.goAway();
        database.comeBack();
        String beat = String.valueOf(database.value("SELECT now()"));

        await().until(() -> database.count("SELECT count(*) FROM nodes WHERE heartbeat_at > ?::timestamptz", beat) == 1);
        assertThat(node.claimIds(1)).isEmpty();
    }

    private TestNode node(Duration leaseTimeout) {
        TestNode node = new TestNode(database, database.ids().next(), leaseTimeout);
        node.start();
        return node;
    }

    private static UUID append(TestNode node, JournalEntry entry) {
        node.append(List.of(entry));
        return entry.executions().getFirst().id();
    }
}
