package dev.sluice.executor.dispatcher.queue;

import dev.sluice.config.definition.Credentials;
import dev.sluice.config.json.JsonText;
import dev.sluice.config.postgres.Tenant;
import dev.sluice.executor.dispatcher.Event;
import dev.sluice.executor.dispatcher.EventHeaders;
import dev.sluice.executor.dispatcher.TriggeredBy;
import dev.sluice.executor.dispatcher.history.DeadLetters;
import dev.sluice.executor.dispatcher.history.Events;
import dev.sluice.executor.dispatcher.history.Executions;
import dev.sluice.executor.dispatcher.journal.JournalEntry;
import dev.sluice.executor.dispatcher.testing.Database;
import dev.sluice.executor.dispatcher.testing.Samples;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Text from outside that PostgreSQL does not take apart, or does not take at all: every execution ends, and no other waits. */
@SuppressWarnings("NullAway") // opened before all tests; what is not found is null, and fails the test
class HostileSettlementTest {
    private static final String ERROR = "{\"name\":\"Error\",\"message\":\"no\"}";
    private static Database database;
    private static TestNode node;
    private final Samples samples = new Samples();
    private final Tenant tenant = Tenant.of(samples.organization());

    @BeforeAll
    static void open() throws Exception {
        database = new Database();
        node = TestNode.started(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** JSON that a workflow's result or error can come to; the database has no place for the last three. */
    static Stream<String> documents() {
        return Stream.of(
                "{\"a\":\"\\u0000\"}", "{\"\\u0000\":1}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\\ud800\"}",
                "{\"a\":1e9999999999}", "{\"a\":" + "1".repeat(200_000) + "}", "{\"a\":1,\"a\":2}", "{\"a\":1e21,\"b\":-0}",
                "{\"" + "k".repeat(60_000) + "\":1}", "{\"a\":\"\\\\u0000\"}", "[".repeat(2_000) + "]".repeat(2_000),
                "[".repeat(100_000) + "]".repeat(100_000), "\0", "{\"half\":");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void itEndsAndCanBeReadWhateverItCameTo(String document) {
        JournalEntry completed = leased(event(EventHeaders.NONE, "/", null, "{}"));
        JournalEntry failed = leased(event(EventHeaders.NONE, "/", null, "{}"));
        JournalEntry logged = leased(event(EventHeaders.NONE, "/", null, "{}"));
        JournalEntry retried = leased(event(EventHeaders.NONE, "/", null, "{}"));
        JournalEntry good = leased(event(EventHeaders.NONE, "/", null, "{}"));

        settleTogether(
                new Settlement.Finished(id(completed), 1, "completed", 1, null, Duration.ZERO, document, null, "[]", false),
                finished(failed, document, "[]"),
                finished(logged, ERROR, document),
                new Settlement.Retried(id(retried), 1, Duration.ZERO, document, document),
                TestNode.completed(id(good), 1));
        node.claim(100);
        node.settle(new Settlement.Finished(id(retried), 2, "failed", 2, null, Duration.ZERO, null, ERROR, "[]", true));

        boolean storable = !document.contains("\0") && !document.endsWith(":") && !document.startsWith("[".repeat(50_000));
        assertThat(execution(completed)).contains(storable ? "\"result\":" + document : "StorageError");
        assertThat(execution(failed)).contains(storable ? "\"error\":" + document : "StorageError");
        assertThat(execution(logged)).contains(storable ? "\"logs\":" + document : "StorageError");
        assertThat(execution(retried)).contains("\"status\":\"failed\"").contains(storable ? document : "StorageError");
        assertThat(execution(good)).contains("\"status\":\"completed\"");
        assertThat(letter(failed)).contains(storable ? "\"error\":" + document : "StorageError").contains("\"payload\":{\"n\":1}");
        assertThat(letter(logged)).contains(storable ? document : "StorageError");
        assertThat(letter(retried)).contains("\"payload\":{\"n\":1}");
    }

    static Stream<String> texts() {
        return Stream.of("\0", "\\u0000", "\ud800", "\"}", "k".repeat(60_000), "\u001f\u007f\uffff", "\\", "\",\"bodyCompression\":\"lz4\"}");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void itIsBuriedAndItsEventReadWhateverItWasSentWith(String text) {
        Event event = event(EventHeaders.received(List.of(Map.entry("x-" + text, text)), Credentials.STANDARD), "/" + text, text,
                "{\"seen\":" + JsonText.string(new StringBuilder(), text) + "}");
        JournalEntry entry = leased(event);

        node.settle(finished(entry, ERROR, "[]"));

        assertThat(execution(entry)).contains("\"status\":\"failed\"", "\"message\":\"no\"");
        assertThat(letter(entry)).contains("\"payload\":{\"n\":1}");
        String replacement = text.replace("\ud800", "?");
        assertThat(Objects.requireNonNull(Database.await(new Events(database.postgres()).stored(tenant, event.id()))))
                .satisfies(stored -> {
                    assertThat(stored.path()).isEqualTo("/" + replacement);
                    assertThat(stored.query()).isEqualTo(replacement);
                    assertThat(stored.headers().headers()).containsExactly(new EventHeaders.Header("x-" + replacement, replacement));
                });
        assertThat(database.count("SELECT count(*) FROM events WHERE id = ? AND path IS NOT NULL", event.id())).isEqualTo(1);
        assertThat(Objects.requireNonNull(Database.await(new Events(database.postgres()).find(tenant, event.id()))).text())
                .contains("\"receipt\":{\"seen\":");
    }

    @Test
    void aReceiptBeyondTheLimitsOfAnyParserIsPassedOnAsItIs() {
        String deep = "{\"" + "k".repeat(60_000) + "\":" + "[".repeat(50_000) + "1e21" + "]".repeat(50_000) + "}";
        Event event = event(EventHeaders.NONE, "/", null, deep);
        JournalEntry entry = leased(event);

        node.settle(finished(entry, ERROR, "[]"));

        assertThat(letter(entry)).contains("\"payload\":{\"n\":1}");
        assertThat(Objects.requireNonNull(Database.await(new Events(database.postgres()).find(tenant, event.id()))).text())
                .contains("\"receipt\":" + deep);
    }

    /** What the database refuses is made up by a trigger on the table, for no data is known that it refuses that way. */
    @Test
    void aDeadLetterThatCannotBeStoredIsKeptWithoutItsPayload() {
        refuse("dead_letters", "length(NEW.payload) > 0", "22000");
        JournalEntry entry = leased(event(EventHeaders.NONE, "/", null, "{}"));

        node.settle(finished(entry, ERROR, "[]"));
        database.update("DROP TRIGGER refuse ON dead_letters");

        assertThat(execution(entry)).contains("\"status\":\"failed\"", "StorageError");
        assertThat(letter(entry)).contains("\"payloadSize\":0");
    }

    @Test
    void whatIsRefusedForNoReasonOfItsOwnHoldsUpNoOtherAndEnds() {
        JournalEntry poison = leased(event(EventHeaders.NONE, "/", null, "{}"));
        refuse("executions", "NEW.id = '" + id(poison) + "' AND NEW.duration_ms > 0", "42501");
        Future<Settled> waiting = database.start(() -> node.queue().settle(finished(poison, ERROR, "[]")));

        await().until(() -> {
            assertThat(node.settle(TestNode.completed(id(leased(event(EventHeaders.NONE, "/", null, "{}"))), 1))).isTrue();
            return waiting.isComplete();
        });
        database.update("DROP TRIGGER refuse ON executions");

        assertThat(waiting.result()).isEqualTo(new Settled(true, new Settlement.TakenOut(id(poison), 1)));
        assertThat(execution(poison)).contains("\"status\":\"failed\"", "StorageError");
        assertThat(letter(poison)).contains("StorageError");
    }

    @Test
    void whatTheDatabaseCannotTakeForAWhileIsStoredAsItEnded() {
        JournalEntry entry = leased(event(EventHeaders.NONE, "/", null, "{}"));
        refuse("executions", "true", "42501");
        Future<Settled> waiting = database.start(() -> node.queue().settle(finished(entry, ERROR, "[]")));
        // Whatever is settled is refused, in the plainest words too: that says nothing against any of it.
        List<UUID> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            others.add(id(leased(event(EventHeaders.NONE, "/", null, "{}"))));
        }
        List<Future<Settled>> more = others.stream()
                .map(id -> database.start(() -> node.queue().settle(TestNode.completed(id, 1)))).toList();
        database.update("DROP TRIGGER refuse ON executions");

        assertThat(Database.await(waiting).as()).isEqualTo(finished(entry, ERROR, "[]"));
        more.forEach(settled -> assertThat(Database.await(settled).as()).isInstanceOf(Settlement.Finished.class));
        assertThat(execution(entry)).contains("\"message\":\"no\"");
    }

    private static void refuse(String table, String condition, String sqlState) {
        database.update("""
                CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    IF %s THEN RAISE EXCEPTION 'refused' USING ERRCODE = '%s'; END IF; RETURN NEW; END $$;
                CREATE TRIGGER refuse BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION refuse()"""
                .formatted(condition, sqlState, table));
    }

    private Event event(EventHeaders headers, String path, @Nullable String query, String receipt) {
        return new Event(database.ids().next(), samples.organization(), null, samples.trigger(), TriggeredBy.WEBHOOK, "POST",
                path, query, headers, Buffer.buffer("{\"n\":1}"), "127.0.0.1", receipt);
    }

    private JournalEntry leased(Event event) {
        JournalEntry entry = new JournalEntry(event, List.of(samples.execution(event, false)), true, null);
        node.append(List.of(entry));
        return entry;
    }

    private static UUID id(JournalEntry entry) {
        return entry.executions().getFirst().id();
    }

    private static Settlement.Finished finished(JournalEntry entry, String error, String logs) {
        return new Settlement.Finished(
                id(entry), 1, "failed", 1, Instant.EPOCH, Duration.ofMillis(2), null, error, logs, true);
    }

    private static void settleTogether(Settlement... settlements) {
        List<Settled> settled = database.call(() ->
                Future.all(Stream.of(settlements).map(node.queue()::settle).toList()).map(all -> all.<Settled>list()));
        assertThat(settled).allMatch(Settled::held);
    }

    private String execution(JournalEntry entry) {
        return Objects.requireNonNull(Database.await(new Executions(database.postgres()).find(tenant, id(entry)))).text();
    }

    private String letter(JournalEntry entry) {
        return Objects.requireNonNull(Database.await(new DeadLetters(database.postgres()).find(tenant, id(entry)))).json().text();
    }
}
