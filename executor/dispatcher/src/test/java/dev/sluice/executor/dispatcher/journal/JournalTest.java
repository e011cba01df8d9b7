package dev.sluice.executor.dispatcher.journal;

import dev.sluice.config.json.RawJson;
import dev.sluice.executor.dispatcher.Event;
import dev.sluice.executor.dispatcher.EventHeaders;
import dev.sluice.executor.dispatcher.EventHeaders.Header;
import dev.sluice.executor.dispatcher.TriggeredBy;
import dev.sluice.executor.dispatcher.batch.BacklogFullException;
import dev.sluice.executor.dispatcher.testing.Database;
import dev.sluice.executor.dispatcher.testing.Samples;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

@SuppressWarnings("NullAway.Init") // opened before all tests
class JournalTest {
    private static Database database;
    private final Samples samples = new Samples();
    private final UUID node = database.ids().next();
    private final Journal journal = journal(1000, 1 << 20);

    @BeforeAll
    static void open() throws Exception {
        database = new Database();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void anEventIsKeptByteForByte() {
        byte[] everyByte = new byte[256];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }
        EventHeaders headers = new EventHeaders(List.of(
                new Header("X-Twice", "1"), new Header("x-twice", "\"2\" \\ \u00e9\u4e2d\ud83d\ude00"), new Header("Empty", "")));
        Event event = new Event(database.ids().next(), samples.organization(), null, samples.trigger(),
                TriggeredBy.WEBHOOK, "POST", "/a%00b/\u00e9", "q=1&q=%7B", headers, Buffer.buffer(everyByte), "::1", "{\"n\":1.10}");

        Appended appended = database.call(() -> journal.append(new JournalEntry(event, List.of(), false, null)));

        assertThat(appended).isEqualTo(new Appended.Committed());
        assertThat(database.bytes("SELECT body FROM events WHERE id = ?", event.id())).isEqualTo(everyByte);
        assertThat(EventHeaders.ofJson(new RawJson(text(event, "headers")))).isEqualTo(headers);
        assertThat(text(event, "path")).isEqualTo("/a%00b/\u00e9");
        assertThat(text(event, "query")).isEqualTo("q=1&q=%7B");
        assertThat(text(event, "remote_address")).isEqualTo("::1");
        assertThat(text(event, "receipt")).isEqualTo("{\"n\":1.10}");
        assertThat(text(event, "extract(epoch FROM received_at) * 1000")).startsWith("" + event.receivedAt().toEpochMilli());
    }

    @Test
    void executionsAreLeasedOrWait() {
        JournalEntry leased = samples.leased();
        JournalEntry waiting = samples.waiting(database.ids().next());

        database.call(() -> Future.all(journal.append(leased), journal.append(waiting)));

        String row = "SELECT concat_ws(' ', node_id, lease, attempt, tenant_id, headers) FROM queue WHERE id = ?";
        assertThat(database.value(row, leased.executions().getFirst().id()))
                .isEqualTo("%s 1 1 %s {\"route\":\"1\"}", node, samples.organization());
        assertThat(database.value(row, waiting.executions().getFirst().id()))
                .isEqualTo("0 1 %s {\"route\":\"1\"}", waiting.event().customerId());
    }

    @Test
    void whatTheDatabaseCannotHoldDoesNotTakeTheOthersWithIt() {
        List<JournalEntry> entries = IntStream.range(0, 40)
                .mapToObj(i -> i % 13 == 5
                        ? samples.unstorable(null)
                        : new JournalEntry(samples.event("{}"), List.of(), false, null))
                .toList();

        List<Appended> answers = database.call(() ->
                Future.all(entries.stream().map(journal::append).toList()).map(all -> all.<Appended>list()));

        for (int i = 0; i < answers.size(); i++) {
            boolean stored = database.count("SELECT count(*) FROM events WHERE id = ?", entries.get(i).event().id()) == 1;
            assertThat(answers.get(i)).as("entry %d", i)
                    .isInstanceOf(i % 13 == 5 ? Appended.Unstorable.class : Appended.Committed.class);
            assertThat(stored).as("entry %d is stored", i).isEqualTo(i % 13 != 5);
        }
    }

    @Test
    void whenTheBacklogIsFullNothingMoreIsTaken() {
        Journal small = journal(1000, 5000);

        Future<List<Throwable>> refusals = database.start(() -> {
            for (int i = 0; i < 10; i++) {
                Future<Appended> ignored = small.append(new JournalEntry(samples.event("x".repeat(1000)), List.of(), false, null));
                assertThat(ignored.failed()).isEqualTo(i > 2);
            }
            assertThat(small.isFull()).isTrue();
            return small.append(samples.leased()).<List<Throwable>>map(List.of()).recover(refused -> Future.succeededFuture(List.of(refused)));
        });

        assertThat(Database.await(refusals)).singleElement().isInstanceOf(BacklogFullException.class);
    }

    @Test
    void whileTheDatabaseIsAwayNothingIsAcknowledgedAndAfterwardsItGoesOn() throws Exception {
        try (Database unsteady = new Database()) {
            Journal there = new Journal(unsteady.loop(), unsteady.postgres().journal(), () -> node, 1000, 1 << 20, Duration.ofHours(1));
            JournalEntry before = samples.leased();
            JournalEntry meanwhile = samples.keyed("k");
            JournalEntry after = samples.keyed("k");

            unsteady.call(() -> there.append(before));
            unsteady.goAway();
            assertThat(catchThrowable(() -> unsteady.call(() -> there.append(meanwhile)))).isNotNull();
            unsteady.comeBack();

            assertThat(unsteady.call(() -> there.append(after))).isEqualTo(new Appended.Committed());
            assertThat(unsteady.column("SELECT id FROM events ORDER BY id"))
                    .containsExactly(before.event().id().toString(), after.event().id().toString());
        }
    }

    private static String text(Event event, String column) {
        return String.valueOf(database.value("SELECT (" + column + ")::text FROM events WHERE id = ?", event.id()));
    }

    private Journal journal(int maxPending, long maxPendingBytes) {
        return new Journal(database.loop(), database.postgres().journal(), () -> node, maxPending, maxPendingBytes, Duration.ofHours(1));
    }
}
