package dev.sluice.executor.dispatcher.queue;

import dev.sluice.config.postgres.Tenant;
import dev.sluice.executor.dispatcher.history.Executions;
import dev.sluice.executor.dispatcher.history.HistoryFilter;
import dev.sluice.executor.dispatcher.history.Item;
import dev.sluice.executor.dispatcher.journal.JournalEntry;
import dev.sluice.executor.dispatcher.testing.Database;
import dev.sluice.executor.dispatcher.testing.Samples;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What waits by the dozen is as visible, as fair and as safe as what waits one by one. */
@SuppressWarnings("NullAway") // opened before all tests; what is not there is null
class BacklogTest {
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
    void whatComesTogetherWaitsTogetherAndRunsWithItsOwnEvent() {
        List<JournalEntry> entries = IntStream.range(0, 100)
                .mapToObj(i -> samples.waiting(null, "{\"n\":" + i + "}")).toList();
        node.append(entries);
        assertThat(database.count("SELECT count(*) FROM backlog")).isBetween(1L, 20L);
        assertThat(database.count("SELECT count(*) FROM queue")).as("in the queue").isLessThan(10);

        List<Row> claimed = claimAll(16);

        assertThat(claimed).hasSize(100).allSatisfy(row -> {
            JournalEntry entry = entries.stream()
                    .filter(candidate -> candidate.executions().getFirst().id().equals(row.getUUID("id"))).findAny().orElseThrow();
            assertThat(row.getUUID("event_id")).isEqualTo(entry.event().id());
            assertThat(row.getBuffer("body")).isEqualTo(entry.event().body());
            assertThat(row.getString("route_headers")).isEqualTo("{\"route\":\"1\"}");
        });
        assertThat(claimed).extracting(row -> row.getUUID("id")).doesNotHaveDuplicates();
        assertThat(database.count("SELECT count(*) FROM backlog")).isZero();
    }

    @Test
    void theQueueStaysSmallHoweverMuchWaits() {
        node.append(Stream.generate(() -> samples.waiting(null)).limit(5_000).toList());

        assertThat(node.claim(64)).hasSize(64);

        assertThat(database.count("SELECT count(*) FROM queue")).isLessThan(1_000);
    }

    @Test
    void aTenantWithABacklogDelaysNoOther() {
        List<UUID> tenants = IntStream.range(0, 10).mapToObj(i -> database.ids().next()).toList();
        node.append(Stream.generate(() -> samples.waiting(tenants.getFirst())).limit(2_000).toList());
        tenants.forEach(tenant -> node.append(Stream.generate(() -> samples.waiting(tenant)).limit(20).toList()));

        List<UUID> served = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            node.claim(4).forEach(row -> served.add(row.getUUID("customer_id")));
        }

        assertThat(served).hasSize(20).containsAll(tenants);
    }

    @Test
    void itIsListedAsPendingToItsTenantOnly() {
        UUID customer = database.ids().next();
        List<JournalEntry> entries = IntStream.range(0, 30).mapToObj(i -> samples.waiting(customer)).toList();
        List<String> ids = entries.stream().map(entry -> entry.executions().getFirst().id().toString()).toList();
        node.append(entries);
        Executions executions = new Executions(database.postgres());
        HistoryFilter all = new HistoryFilter("pending", null, null, null, null, null, null, null, 100);

        List<Item> listed = Database.await(executions.list(Tenant.of(samples.organization()), all));

        assertThat(listed).extracting(Item::id).isEqualTo(ids.reversed());
        JsonObject one = new JsonObject(Objects.requireNonNull(Database.await(
                executions.find(Tenant.of(samples.organization()), UUID.fromString(ids.getLast())))).text());
        assertThat(one.getString("status")).isEqualTo("pending");
        assertThat(Database.await(executions.list(new Tenant(samples.organization(), customer), all))).hasSize(30);
        assertThat(Database.await(executions.list(Tenant.of(new Samples().organization()), all))).isEmpty();
        assertThat(Database.await(executions.list(new Tenant(samples.organization(), new UUID(1, 1)), all))).isEmpty();
    }

    @Test
    void aSequenceAndWhatHasAKeyDoNotWaitThere() {
        node.append(IntStream.range(0, 20).mapToObj(i -> i % 2 == 0 ? samples.sequential() : samples.keyed("k" + i)).toList());

        assertThat(database.count("SELECT count(*) FROM backlog")).isZero();
        assertThat(database.count("SELECT count(*) FROM queue")).isEqualTo(20);
    }

    private List<Row> claimAll(int limit) {
        List<Row> all = new ArrayList<>();
        List<Row> claimed = node.claim(limit);
        while (!claimed.isEmpty()) {
            all.addAll(claimed);
            claimed = node.claim(limit);
        }
        return all;
    }
}
