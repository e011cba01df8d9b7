package dev.sluice.executor.dispatcher.history;

import dev.sluice.config.postgres.Tenant;
import dev.sluice.executor.dispatcher.journal.Journal;
import dev.sluice.executor.dispatcher.journal.JournalEntry;
import dev.sluice.executor.dispatcher.testing.Database;
import dev.sluice.executor.dispatcher.testing.Samples;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Events, executions and dead letters as one tenant sees them. */
@SuppressWarnings("NullAway") // opened before all tests; what a tenant may not see is null
class HistoryTest {
    private static Database database;
    private final Samples samples = new Samples();
    private final Samples others = new Samples();
    private final Tenant tenant = Tenant.of(samples.organization());
    private final Executions executions = new Executions(database.postgres());
    private final Events events = new Events(database.postgres());
    private final DeadLetters deadLetters = new DeadLetters(database.postgres());

    @BeforeAll
    static void open() throws Exception {
        database = new Database();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void pagesGoBackInTimeWithoutGapsAndWithoutOtherTenants() {
        List<String> ids = append(samples, 7).stream().map(entry -> entry.executions().getFirst().id().toString()).toList();
        append(others, 3);
        finish(ids.subList(0, 4));

        assertThat(pages(before -> executions.list(tenant, filter(before, null)))).isEqualTo(ids.reversed());
        assertThat(pages(before -> events.list(tenant, filter(before, null)))).hasSize(7).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(pages(before -> executions.list(tenant, filter(before, "pending"))))
                .isEqualTo(ids.subList(4, 7).reversed());
        assertThat(pages(before -> deadLetters.list(tenant, null, before, 3))).isEqualTo(ids.subList(0, 4).reversed());
    }

    @Test
    void aCustomerSeesItsOwnAndItsOrganizationEverything() {
        UUID customer = database.ids().next();
        append(samples.waiting(customer), samples.waiting(database.ids().next()), samples.waiting(null));

        assertThat(Database.await(executions.list(new Tenant(samples.organization(), customer), filter(null, null))))
                .singleElement().satisfies(one -> assertThat(new JsonObject(one.json().text()).getString("customerId")).isEqualTo(customer.toString()));
        assertThat(Database.await(executions.list(tenant, filter(null, null)))).hasSize(3);
    }

    @Test
    void whatIsAnotherTenantsIsNotThere() {
        JournalEntry entry = append(others, 1).getFirst();
        UUID execution = entry.executions().getFirst().id();
        finish(List.of(execution.toString()));

        assertThat(Database.await(events.find(tenant, entry.event().id()))).isNull();
        assertThat(Database.await(events.rawBody(tenant, entry.event().id()))).isNull();
        assertThat(Database.await(executions.find(tenant, execution))).isNull();
        assertThat(Database.await(deadLetters.find(tenant, execution))).isNull();
        assertThat(Database.await(deadLetters.markReplayed(tenant, execution, database.ids().next()))).isFalse();
        assertThat(Database.await(deadLetters.delete(tenant, execution))).isFalse();
        Tenant owner = Tenant.of(others.organization());
        assertThat(Database.await(events.rawBody(owner, entry.event().id()))).isEqualTo(entry.event().body());
        assertThat(Database.await(executions.find(owner, execution))).isNotNull();
        assertThat(Database.await(deadLetters.delete(new Tenant(others.organization(), database.ids().next()), execution))).isFalse();
        assertThat(Database.await(deadLetters.delete(owner, execution))).isTrue();
        assertThat(Database.await(deadLetters.find(owner, execution))).isNull();
    }

    @Test
    void aDeadLetterIsReplayedOnceUnlessThatCouldNotBegin() {
        UUID id = append(samples, 1).getFirst().executions().getFirst().id();
        finish(List.of(id.toString()));
        UUID replay = database.ids().next();

        assertThat(Database.await(deadLetters.markReplayed(tenant, id, replay))).isTrue();
        assertThat(Database.await(deadLetters.markReplayed(tenant, id, replay))).isFalse();
        Database.await(deadLetters.unmarkReplayed(tenant, id));
        assertThat(Database.await(deadLetters.markReplayed(tenant, id, replay))).isTrue();
    }

    private interface Page {
        Future<List<Item>> before(@Nullable UUID id);
    }

    private static List<String> pages(Page page) {
        List<String> ids = new ArrayList<>();
        List<Item> found = Database.await(page.before(null));
        while (!found.isEmpty()) {
            assertThat(found).hasSizeLessThanOrEqualTo(3);
            found.forEach(item -> ids.add(item.id()));
            found = Database.await(page.before(UUID.fromString(ids.getLast())));
        }
        return ids;
    }

    private static HistoryFilter filter(@Nullable UUID before, @Nullable String status) {
        return new HistoryFilter(status, null, null, null, null, null, null, before, 3);
    }

    private static List<JournalEntry> append(Samples of, int count) {
        return append(IntStream.range(0, count).mapToObj(i -> of.waiting(null)).toArray(JournalEntry[]::new));
    }

    private static List<JournalEntry> append(JournalEntry... entries) {
        Journal journal = new Journal(
                database.loop(), database.postgres().journal(), () -> new UUID(0, 0), 1000, 1 << 20, Duration.ofHours(1));
        List.of(entries).forEach(entry -> database.call(() -> journal.append(entry)));
        return List.of(entries);
    }

    private static void finish(List<String> ids) {
        for (String id : ids) {
            database.update("""
                    WITH gone AS (DELETE FROM queue WHERE id = ?::uuid RETURNING *), ended AS (
                        INSERT INTO executions (id, created_at, organization_id, event_id, workflow_id, workflow_slug, version,
                                                tier, triggered_by, status, attempt, duration_ms, error, logs)
                        SELECT id, created_at, organization_id, event_id, workflow_id, workflow_slug, version, tier,
                               triggered_by, 'failed', 1, 1, '{}', '[]' FROM gone)
                    INSERT INTO dead_letters (id, organization_id, execution_id, event_id, workflow_id, workflow_slug, headers,
                                              payload, error, attempts)
                    SELECT id, organization_id, id, event_id, workflow_id, workflow_slug, '{}', '', '{}', '[]' FROM gone""", id);
        }
    }
}
