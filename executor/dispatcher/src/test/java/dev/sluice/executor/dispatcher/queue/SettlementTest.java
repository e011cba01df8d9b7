package dev.sluice.executor.dispatcher.queue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.config.testing.ExpectsLog;
import dev.sluice.executor.dispatcher.journal.JournalEntry;
import dev.sluice.executor.dispatcher.testing.Database;
import dev.sluice.executor.dispatcher.testing.Samples;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("NullAway.Init") // opened before all tests
class SettlementTest {
    private static final String ERROR = "{\"name\":\"TypeError\",\"message\":\"x\"}";
    private static Database database;
    private static TestNode node;
    private final Samples samples = new Samples();

    @BeforeAll
    static void open() throws Exception {
        database = new Database();
        node = TestNode.started(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aCompletedExecutionMovesFromTheQueueToTheHistory() {
        UUID id = leased();
        assertThat(node.settle(TestNode.completed(id, 1))).isTrue();

        assertThat(queued(id)).isZero();
        assertThat(database.value("SELECT concat_ws(' ', status, attempt, duration_ms, result) FROM executions WHERE id = ?", id))
                .isEqualTo("completed 1 2 {\"ok\":true}");
        assertThat(dead(id)).isZero();
        assertThat(node.settle(TestNode.completed(id, 1))).as("settled twice").isFalse();
    }

    @Test
    void aFailedOneIsBuriedWithPayloadErrorAndEveryAttempt() {
        UUID id = leased();
        JsonObject first = new JsonObject().put("attempt", 1).put("error", new JsonObject(ERROR));
        assertThat(node.settle(new Settlement.Retried(id, 1, Duration.ZERO, first.encode(), ERROR))).isTrue();
        node.claim(100);
        assertThat(node.settle(new Settlement.Finished(id, 2, "timeout", 2, Instant.parse("2026-01-02T03:04:05Z"),
                Duration.ofMillis(7), null, ERROR, "[]", true))).isTrue();

        assertThat(database.value("SELECT concat_ws(' ', status, attempt, error) FROM executions WHERE id = ?", id))
                .isEqualTo("timeout 2 " + ERROR);
        assertThat(database.bytes("SELECT payload FROM dead_letters WHERE id = ?", id)).asString().isEqualTo("{\"n\":1}");
        assertThat(database.value("SELECT error FROM dead_letters WHERE id = ?", id)).isEqualTo(ERROR);
        JsonArray attempts = new JsonArray(String.valueOf(database.value("SELECT attempts FROM dead_letters WHERE id = ?", id)));
        assertThat(attempts.getJsonObject(0)).isEqualTo(first);
        assertThat(attempts.getJsonObject(1)).isEqualTo(new JsonObject().put("attempt", 2).put("status", "timeout")
                .put("durationMs", 7).put("startedAt", "2026-01-02T03:04:05.000000Z").put("error", new JsonObject(ERROR))
                .put("logs", new JsonArray()));
    }

    @Test
    void whatItsTriggerDoesNotWantBuriedIsNot() {
        UUID id = leased();
        database.update("UPDATE queue SET dead_letter = false WHERE id = ?", id);
        assertThat(node.settle(TestNode.failed(id, 1, ERROR))).isTrue();
        assertThat(dead(id)).isZero();
    }

    @Test
    void aDeadLetterOfAnEventThatIsGoneHasNoPayload() {
        UUID id = leased();
        database.update("DELETE FROM event_pages WHERE id = (SELECT event_page_id FROM queue WHERE id = ?)", id);
        assertThat(node.settle(TestNode.failed(id, 1, ERROR))).isTrue();
        assertThat(database.bytes("SELECT payload FROM dead_letters WHERE id = ?", id)).isEmpty();
    }

    @Test
    void aRetryWaitsAndCounts() {
        UUID id = leased();
        assertThat(node.settle(new Settlement.Retried(id, 1, Duration.ofHours(1), "{\"attempt\":1}", ERROR))).isTrue();

        assertThat(database.value("""
                SELECT concat_ws(' ', attempt, losses, node_id, lease, past_attempts[1], last_error ->> 'name',
                    run_at BETWEEN now() + interval '59 minutes' AND now() + interval '61 minutes') FROM queue WHERE id = ?""", id))
                .isEqualTo("2 0 1 {\"attempt\":1} TypeError t");
    }

    @Test
    void aReleasedOneIsDueAgainAsTheSameAttempt() {
        UUID id = leased();
        assertThat(node.settle(new Settlement.Released(id, 1, false, null))).isTrue();
        assertThat(node.claimIds(100)).contains(id);
        assertThat(node.settle(new Settlement.Released(id, 2, true, null))).isTrue();

        assertThat(database.value("SELECT concat_ws(' ', attempt, losses, run_at <= now()) FROM queue WHERE id = ?", id))
                .isEqualTo("1 1 t");
    }

    @Test
    void anOlderLeaseIsRefusedEvenInTheSameBatchAndNode() {
        UUID id = leased();
        node.settle(new Settlement.Released(id, 1, false, null));
        node.claim(100);

        List<Boolean> held = settleTogether(TestNode.completed(id, 1), TestNode.completed(id, 2),
                new Settlement.Retried(id, 1, Duration.ZERO, "{}", "{}"), new Settlement.Released(id, 1, true, null));

        assertThat(held).containsExactly(false, true, false, false);
        assertThat(queued(id)).isZero();
    }

    @Test
    @ExpectsLog("cannot be settled as it ended")
    void aResultThatCannotBeStoredFailsItsExecutionAndNoOther() {
        List<UUID> ids = List.of(leased(), leased(), leased(), leased());

        List<Boolean> held = settleTogether(
                TestNode.completed(ids.get(0), 1),
                new Settlement.Finished(ids.get(1), 1, "completed", 3, null, Duration.ZERO, "{\"half\":", null, "[]", false),
                TestNode.failed(ids.get(2), 1, "{\"name\":\"Error\",\"message\":\"a\0b\"}"),
                new Settlement.Retried(ids.get(3), 1, Duration.ofHours(1), "{}", "\0"));

        assertThat(held).containsExactly(true, true, true, true);
        String ended = "SELECT concat_ws(' ', status, attempt, error ->> 'name') FROM executions WHERE id = ?";
        assertThat(database.value(ended, ids.get(0))).isEqualTo("completed 1");
        assertThat(database.value(ended, ids.get(1))).isEqualTo("failed 3 StorageError");
        assertThat(database.value(ended, ids.get(2))).isEqualTo("failed 1 StorageError");
        assertThat(database.value("SELECT concat_ws(' ', attempt, last_error ->> 'name') FROM queue WHERE id = ?", ids.get(3)))
                .isEqualTo("2 StorageError");
    }

    @Test
    void textThatJsonAllowsIsKeptAsItIs() {
        UUID id = leased();
        String result = "{\"nul\":\"\\u0000\",\"half\":\"\\ud800\",\"n\":1.10,\"big\":123456789012345678901234567890}";
        node.settle(new Settlement.Finished(id, 1, "completed", 1, null, Duration.ZERO, result, null, "[]", false));
        assertThat(database.value("SELECT result::text FROM executions WHERE id = ?", id)).isEqualTo(result);
    }

    @Test
    void aSettlementOutlastsTheDatabaseBeingAwayAndTheLogSaysSoOnce() throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger(SettlementWriter.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        log.setLevel(Level.INFO);
        log.addAppender(logged);
        try (Database unsteady = new Database()) {
            TestNode there = TestNode.started(unsteady);
            JournalEntry entry = samples.leased();
            there.append(List.of(entry));
            UUID id = entry.executions().getFirst().id();

            unsteady.goAway();
            Future<Boolean> settled = unsteady.start(() -> there.queue().settle(TestNode.completed(id, 1)).map(Settled::held));
            Awaitility.await().until(() -> !logged.list.isEmpty());
            unsteady.comeBack();

            assertThat(Database.await(settled)).isTrue();
            assertThat(unsteady.value("SELECT status FROM executions WHERE id = ?", id)).isEqualTo("completed");
            assertThat(logged.list).extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
                    .filteredOn(line -> line.contains("wait for the database"))
                    .satisfiesExactly(
                            begin -> assertThat(begin).startsWith("WARN ended executions wait for the database: execution " + id),
                            end -> assertThat(end).startsWith("INFO ").contains("over after"));
        } finally {
            log.detachAppender(logged);
            log.setLevel(null);
        }
    }

    private UUID leased() {
        JournalEntry entry = samples.leased();
        node.append(List.of(entry));
        return entry.executions().getFirst().id();
    }

    /** The first write is of a settlement that is refused, so that the others share a batch. */
    private static List<Boolean> settleTogether(Settlement... settlements) {
        return database.call(() -> {
            Future<Boolean> before = node.queue().settle(TestNode.completed(new UUID(0, 0), 1)).map(Settled::held);
            List<Future<Boolean>> answers = Arrays.stream(settlements)
                    .map(settlement -> node.queue().settle(settlement).map(Settled::held)).toList();
            return before.compose(refused -> Future.all(answers)).map(all -> all.<Boolean>list());
        });
    }

    private static long queued(UUID id) {
        return database.count("SELECT count(*) FROM queue WHERE id = ?", id);
    }

    private static long dead(UUID id) {
        return database.count("SELECT count(*) FROM dead_letters WHERE id = ?", id);
    }
}
