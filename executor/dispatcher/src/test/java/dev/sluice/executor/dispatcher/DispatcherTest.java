package dev.sluice.executor.dispatcher;

import dev.sluice.config.definition.ApiKey;
import dev.sluice.config.definition.Credentials;
import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.OrganizationStore;
import dev.sluice.config.definition.RetryPolicy;
import dev.sluice.config.definition.Tier;
import dev.sluice.config.definition.WorkflowDraft;
import dev.sluice.config.definition.WorkflowStore;
import dev.sluice.config.definition.WorkflowVersion;
import dev.sluice.config.definition.WorkflowVersions;
import dev.sluice.config.postgres.Tenant;
import dev.sluice.executor.dispatcher.history.DeadLetters;
import dev.sluice.executor.dispatcher.journal.Journal;
import dev.sluice.executor.dispatcher.journal.JournalEntry;
import dev.sluice.executor.dispatcher.queue.ExecutionQueue;
import dev.sluice.executor.dispatcher.testing.Database;
import dev.sluice.executor.dispatcher.testing.Samples;
import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Outcome;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** From the queue to a sandbox and back, where the sandbox ends executions as the test says. */
@SuppressWarnings("NullAway.Init") // opened before each test
class DispatcherTest {
    private static final RetryPolicy AT_ONCE = new RetryPolicy(3, Duration.ZERO, 1, Duration.ZERO);
    private final FakeSandboxes sandboxes = new FakeSandboxes();
    private Database database;
    private Definitions definitions;
    private Dispatcher dispatcher;
    private Journal journal;
    private Samples samples;

    @BeforeEach
    void open() throws Exception {
        database = new Database();
        UUID organization = database.ids().next();
        Database.await(new OrganizationStore(database.postgres()).create(organization, "acme", "Acme", "unlimited",
                key(ApiKey.Mode.LIVE), key(ApiKey.Mode.TEST)));
        WorkflowDraft draft = new WorkflowDraft(WorkflowDraft.Language.JAVASCRIPT, "code", "code", Tier.STANDARD,
                Duration.ofMinutes(1), AT_ONCE);
        UUID workflow = Database.await(new WorkflowStore(database.postgres())
                .create(Tenant.of(organization), database.ids().next(), "sample", "Sample", draft, true)).id();
        samples = new Samples(organization, new WorkflowVersion(
                workflow, "sample", 1, Tier.STANDARD, Duration.ofMinutes(1), AT_ONCE, "code"));
        definitions = new Definitions(database.vertx(), database.postgres());
        Database.await(definitions.start());
        ExecutionQueue queue = new ExecutionQueue(database.vertx(), database.loop(), database.pipeline(), database.ids(),
                database.ids().next(), Duration.ofSeconds(2));
        dispatcher = new Dispatcher(database.vertx(), database.loop(), queue, sandboxes, definitions,
                new WorkflowVersions(database.postgres(), definitions));
        journal = new Journal(database.loop(), database.postgres().journal(), dispatcher::nodeId, 1000, 1 << 20, Duration.ofHours(1));
        database.call(dispatcher::start);
    }

    @AfterEach
    void close() {
        database.call(() -> dispatcher.drain(Duration.ZERO));
        definitions.close();
        database.close();
    }

    @Test
    void whatWaitsIsRunAndItsEndRecorded() {
        sandboxes.outcome = new Outcome.Completed("{\"n\":1}".getBytes(StandardCharsets.UTF_8), FakeSandboxes.RUN);
        UUID id = append(samples.waiting(null));

        await().until(() -> ended(id), "completed 1"::equals);
        assertThat(sandboxes.invocations).singleElement().satisfies(invocation -> {
            assertThat(invocation.body()).asString().isEqualTo("{\"n\":1}");
            assertThat(invocation.headers()).containsEntry("route", "1");
        });
        await().until(() -> dispatcher.running() == 0 && sandboxes.free.get() == 8);
    }

    @Test
    void aFailureIsTriedAgainUntilItsAttemptsAreUsedUp() {
        sandboxes.outcome = new Outcome.Failed(new Outcome.WorkflowError("Error", "no\0pe", null), FakeSandboxes.RUN);
        UUID id = append(samples.waiting(null));

        await().until(() -> ended(id), "failed 3"::equals);
        assertThat(sandboxes.invocations).extracting(invocation -> invocation.attempt()).containsExactly(1, 2, 3);
        assertThat(database.value("SELECT jsonb_path_query_array(attempts::jsonb, '$[*].error.message')::text FROM dead_letters WHERE id = ?", id))
                .isEqualTo("[\"no\ufffdpe\", \"no\ufffdpe\", \"no\ufffdpe\"]");
    }

    @Test
    void whatAnErrorCarriesIsStoredWhateverTheSandboxSent() {
        sandboxes.outcome = new Outcome.Failed(new Outcome.WorkflowError("E", "m", "at", """
                {"name": "lie", "code": "a\\u0000b", "k\\u0000": [1e999, "\\ud83d", "\\ud83d\\ude00"],
                 "cause": {"message": "\\udc00\\u0000", "n": null}}"""), FakeSandboxes.RUN);
        UUID id = append(samples.waiting(null));

        await().until(() -> ended(id), "failed 3"::equals);
        assertThat(new JsonObject(Objects.requireNonNull(
                database.value("SELECT error::jsonb::text FROM executions WHERE id = ?", id))))
                .isEqualTo(new JsonObject().put("name", "E").put("message", "m").put("stack", "at").put("code", "a\ufffdb")
                        .put("k\ufffd", new JsonArray().add("Infinity").add("\ufffd").add("\ud83d\ude00"))
                        .put("cause", new JsonObject().put("message", "\ufffd\ufffd").putNull("n")));
        sandboxes.outcome = new Outcome.Failed(new Outcome.WorkflowError("E", "m", null, "{broken"), FakeSandboxes.RUN);
        UUID broken = append(samples.waiting(null));
        await().until(() -> ended(broken), "failed 3"::equals);
        assertThat(database.value("SELECT error::text FROM executions WHERE id = ?", broken)).asString().contains("\"message\":\"m\"");
    }

    @Test
    void aBodyThatIsStoredCompressedIsRunAndBuriedAsItWasReceived() {
        sandboxes.outcome = new Outcome.Failed(new Outcome.WorkflowError("Error", "no", null), FakeSandboxes.RUN);
        String body = "{\"items\":[" + "{\"sku\":\"A-1\"},".repeat(200) + "1]}";
        UUID id = append(samples.waiting(null, body));

        await().until(() -> ended(id), "failed 3"::equals);
        assertThat(database.count("SELECT octet_length(bodies[1]) FROM event_pages")).isLessThan(body.length() / 2);
        assertThat(sandboxes.invocations).allSatisfy(invocation -> assertThat(invocation.body()).asString().isEqualTo(body));
        String buried = Database.await(new DeadLetters(database.postgres()).find(Tenant.of(samples.organization()), id)
                .map(found -> Objects.requireNonNull(found).payload().toString()));
        assertThat(buried).isEqualTo(body);
    }

    @Test
    void whatBringsDownThreeSandboxesIsNotTriedAgain() {
        sandboxes.outcome = new Outcome.Lost("out of memory", true);
        UUID id = append(samples.waiting(null));

        await().until(() -> ended(id), "failed 1"::equals);
        assertThat(sandboxes.invocations).hasSize(3);
        assertThat(sandboxes.ranAlone).as("after the first loss it has a process for itself").containsExactly(false, true, true);
        assertThat(database.value("SELECT error ->> 'name' FROM dead_letters WHERE id = ?", id)).isEqualTo("SandboxLostError");
    }

    @Test
    void whatWasOnlyNearWhenASandboxDiedRunsAgainHoweverOften() {
        sandboxes.outcome = new Outcome.Lost("the process was replaced", false);
        UUID id = append(samples.waiting(null));
        await().until(() -> sandboxes.invocations.size() > 4);
        sandboxes.outcome = new Outcome.Completed("1".getBytes(StandardCharsets.UTF_8), FakeSandboxes.RUN);

        await().until(() -> ended(id), "completed 1"::equals);
    }

    @Test
    void whatHasToWaitForItsPlaceIsAskedForAgainLaterAndHasLostNothing() {
        sandboxes.outcome = new Outcome.Postponed(Duration.ofHours(1));
        UUID id = append(samples.waiting(null));
        await().until(() -> database.column("SELECT 'later' FROM queue WHERE run_at > now() + interval '30 minutes' "
                + "AND node_id IS NULL AND attempt = 1 AND losses = 0").contains("later"));

        sandboxes.outcome = new Outcome.Completed("1".getBytes(StandardCharsets.UTF_8), FakeSandboxes.RUN);
        database.update("UPDATE queue SET run_at = now()");
        await().until(() -> ended(id), "completed 1"::equals);
        assertThat(sandboxes.ranAlone).containsExactly(false, false);
    }

    @Test
    void anEventThatIsGoneFailsItsExecution() {
        sandboxes.free.set(0);
        UUID id = append(samples.waiting(null));
        database.update("DELETE FROM event_pages");
        sandboxes.free.set(8);

        await().until(() -> ended(id), "failed 1"::equals);
        assertThat(sandboxes.invocations).isEmpty();
        assertThat(sandboxes.free).hasValue(8);
    }

    @Test
    void anEventThatCannotBeReadFailsItsExecution() {
        sandboxes.free.set(0);
        UUID id = append(samples.waiting(null));
        database.update("UPDATE event_pages SET details = ARRAY['{nonsense']");
        sandboxes.free.set(8);

        await().until(() -> ended(id), "failed 1"::equals);
        assertThat(database.value("SELECT error ->> 'message' FROM dead_letters WHERE id = ?", id)).isEqualTo("the event cannot be read");
        assertThat(sandboxes.free).hasValue(8);
    }

    @Test
    void whatIsClaimedSeesWhatWouldHaveRunAtOnce() {
        sandboxes.outcome = new Outcome.Completed("1".getBytes(StandardCharsets.UTF_8), FakeSandboxes.RUN);
        String receipt = "{\"seen\":\"\\u0000\",\"" + "k".repeat(60_000) + "\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        EventHeaders headers = EventHeaders.received(List.of(Map.entry("X-Twice", "a"), Map.entry("x-twice", "b\u00e9\"\\"),
                Map.entry("Cookie", "secret"), Map.entry("x-long", "v".repeat(30_000))), Credentials.STANDARD);
        Event event = new Event(database.ids().next(), samples.organization(), null, samples.trigger(), TriggeredBy.WEBHOOK,
                "POST", "/sub", "q=1", headers, Buffer.buffer("{\"a\": \"\\u0000\"}"), "127.0.0.1", receipt);
        Execution claimed = samples.execution(event, false);
        Execution direct = samples.execution(event, false);
        append(new JournalEntry(event, List.of(claimed), false, null));
        await().until(() -> sandboxes.invocations.size() == 1);
        dispatcher.tryReserve(1);
        dispatcher.run(direct);

        Invocation first = sandboxes.invocations.get(0);
        Invocation second = sandboxes.invocations.get(1);
        assertThat(first.executionId()).isEqualTo(claimed.id());
        assertThat(first.headers()).isEqualTo(second.headers()).containsEntry("x-twice", "a, b\u00e9\"\\").doesNotContainKey("cookie");
        assertThat(first.body()).isEqualTo(second.body());
        assertThat(List.of(first.eventId(), first.attempt(), first.tenant(), first.trigger(), first.timeout()))
                .isEqualTo(List.of(second.eventId(), second.attempt(), second.tenant(), second.trigger(), second.timeout()));
    }

    @Test
    void whatCannotBeGivenToASandboxEnds() {
        WorkflowVersion timeless = new WorkflowVersion(database.ids().next(), "timeless", 1, Tier.STANDARD, Duration.ZERO,
                RetryPolicy.NEVER, "code");
        JournalEntry entry = new Samples(samples.organization(), timeless).leased();
        dispatcher.tryReserve(1);
        database.call(() -> journal.append(entry));

        Ending ending = Database.await(dispatcher.run(entry.executions().getFirst()));

        assertThat(ending.status()).isEqualTo("failed");
        assertThat(ending.message()).isEqualTo("the event cannot be given to a sandbox");
        assertThat(sandboxes.free).hasValue(8);
        assertThat(dispatcher.running()).isZero();
    }

    @Test
    void anEndThatCannotBeStoredIsSeenAndKeepsNoCallerWaiting() {
        sandboxes.outcome = new Outcome.Completed("1".getBytes(StandardCharsets.UTF_8), FakeSandboxes.RUN);
        JournalEntry entry = samples.leased();
        database.call(() -> journal.append(entry));
        database.goAway();
        dispatcher.tryReserve(1);

        Future<Ending> ending = dispatcher.run(entry.executions().getFirst());

        assertThatThrownBy(() -> Database.await(ending)).hasMessageContaining("not stored yet");
        assertThat(dispatcher.oldestEndSeconds()).isGreaterThan(1);
        database.comeBack();
        await().until(dispatcher::oldestEndSeconds, age -> age == 0);
        assertThat(ended(entry.executions().getFirst().id())).isEqualTo("completed 1");
    }

    @Test
    void anEndIsSeenToWaitThoughTheEventLoopThatStoresItStandsStill() throws Exception {
        sandboxes.outcome = new Outcome.Completed("1".getBytes(StandardCharsets.UTF_8), FakeSandboxes.RUN);
        JournalEntry entry = samples.leased();
        database.call(() -> journal.append(entry));
        dispatcher.tryReserve(1);
        CountDownLatch goOn = new CountDownLatch(1);
        database.loop().runOnContext(ignored -> {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        Future<Ending> ending = dispatcher.run(entry.executions().getFirst());

        await().until(dispatcher::oldestEndSeconds, age -> age > 0.05);
        goOn.countDown();
        assertThat(Database.await(ending).status()).isEqualTo("completed");
        assertThat(dispatcher.oldestEndSeconds()).isZero();
    }

    @Test
    void attemptsThatASandboxTookWithItAreTold() {
        sandboxes.outcome = new Outcome.Lost("out of memory", true);
        UUID id = append(samples.waiting(null));

        await().until(() -> ended(id), "failed 1"::equals);
        assertThat(database.value("SELECT jsonb_path_query_array(attempts::jsonb, '$[*].status')::text FROM executions WHERE id = ?", id))
                .isEqualTo("[\"lost\", \"lost\"]");
        assertThat(database.value("SELECT jsonb_path_query_array(attempts::jsonb, '$[*].status')::text FROM dead_letters WHERE id = ?", id))
                .isEqualTo("[\"lost\", \"lost\", \"failed\"]");
    }

    @Test
    void aSequenceGoesOnWithoutWaitingForThePoll() {
        sandboxes.outcome = new Outcome.Completed("1".getBytes(StandardCharsets.UTF_8), FakeSandboxes.RUN);
        UUID last = new UUID(0, 0);
        for (int i = 0; i < 20; i++) {
            last = append(samples.sequential());
        }
        UUID awaited = last;

        await().until(() -> ended(awaited), "completed 1"::equals);
        assertThat(sandboxes.invocations).extracting(invocation -> invocation.executionId()).hasSize(20).isSorted();
    }

    @Test
    void anExpelledNodeCancelsWhatItRuns() {
        UUID id = append(samples.waiting(null));
        await().until(() -> sandboxes.invocations.size() == 1);
        database.update("DELETE FROM nodes");

        await().until(() -> sandboxes.cancelled.contains(id));
    }

    @Test
    void aDrainGivesBackWhatDoesNotFinish() {
        UUID id = append(samples.waiting(null));
        await().until(() -> dispatcher.running() == 1);

        database.call(() -> dispatcher.drain(Duration.ofMillis(50)));

        assertThat(dispatcher.tryReserve(1)).isFalse();
        assertThat(database.column("SELECT id FROM queue WHERE node_id IS NULL")).containsExactly(id.toString());
    }

    private UUID append(JournalEntry entry) {
        database.call(() -> journal.append(entry));
        dispatcher.wake();
        return entry.executions().getFirst().id();
    }

    private String ended(UUID id) {
        return String.join("", database.column("SELECT concat_ws(' ', status, attempt) FROM executions WHERE id = ?", id)
                .stream().map(String::valueOf).toList());
    }

    private OrganizationStore.NewKey key(ApiKey.Mode mode) {
        return new OrganizationStore.NewKey(database.ids().next(), mode, "fsk_test_" + mode + "_0123456789");
    }
}
