package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.ApiKey;
import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.Limits;
import dev.sluice.config.definition.OrganizationStore;
import dev.sluice.config.definition.OrganizationStore.NewKey;
import dev.sluice.config.definition.TriggerDraft;
import dev.sluice.config.definition.TriggerStore;
import dev.sluice.config.definition.WorkflowVersions;
import dev.sluice.config.id.Uuid7;
import dev.sluice.config.json.ExactJson;
import dev.sluice.config.json.Fields;
import dev.sluice.config.postgres.Migrations;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.postgres.Tenant;
import dev.sluice.config.testing.ExpectsLog;
import dev.sluice.config.testing.TestServers;
import dev.sluice.executor.dispatcher.Dispatcher;
import dev.sluice.executor.dispatcher.journal.Journal;
import dev.sluice.executor.dispatcher.queue.ExecutionQueue;
import dev.sluice.executor.dispatcher.sandbox.Sandboxes;
import dev.sluice.gateway.http.BodyBudget;
import dev.sluice.gateway.http.ConnectionLimit;
import dev.sluice.gateway.http.EdgeLimits;
import dev.sluice.gateway.http.HttpEdge;
import dev.sluice.gateway.running.RawConnection;
import dev.sluice.quota.Quotas;
import dev.sluice.quota.local.LocalQuotas;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** What is thrown on the way of an event becomes an answer, the connection goes on, and nothing stays taken. */
@ExpectsLog("failed unexpectedly.*planted")
class FaultTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int DAILY = 500;

    /** Where the next event meets a fault. */
    enum Planted { NONE, LOOK, CHARGE, LATE_CHARGE }

    private static final Vertx VERTX = Vertx.vertx();
    private static final Uuid7 IDS = new Uuid7();
    private static final UUID ORGANIZATION = IDS.next();
    private static final UUID WEBHOOK = UUID.randomUUID();
    private static final Quotas COUNTS = new LocalQuotas(Clock.systemUTC());
    private static final EdgeLimits LIMITS =
            new EdgeLimits(new ConnectionLimit(100), new BodyBudget(1 << 20), LONG, LONG);
    private static final Webhooks WEBHOOKS = new Webhooks();
    private static volatile Planted planted = Planted.NONE;
    private static Definitions definitions;
    private static int port;
    private static int portWithoutDatabase;

    @BeforeAll
    static void listen() throws Exception {
        String uri = TestServers.freshDatabase();
        Migrations.migrate(uri);
        Postgres postgres = new Postgres(VERTX, uri, 2, 2);
        Postgres closed = new Postgres(VERTX, uri, 1, 1);
        closed.close();
        new OrganizationStore(postgres).create(ORGANIZATION, "o", "O", "free",
                new NewKey(IDS.next(), ApiKey.Mode.LIVE, "fsk_live_of_this_test"), new NewKey(IDS.next(), ApiKey.Mode.TEST, "fsk_test_of_this_test")).await();
        TriggerDraft draft = TriggerDraft.read(new Fields(ExactJson.object(
                "{\"name\":\"w\",\"auth\":{\"type\":\"none\"},\"routes\":[{\"workflow\":\"none\"}]}")));
        new TriggerStore(postgres).create(Tenant.of(ORGANIZATION), new TriggerStore.Change(WEBHOOK, null, draft, null, 1)).await();
        definitions = new Definitions(VERTX, postgres);
        definitions.start().await();
        definitions.onChange(WEBHOOKS::accept);
        Context loop = ((VertxInternal) VERTX).createEventLoopContext();
        Sandboxes none = (Sandboxes) Proxy.newProxyInstance(FaultTest.class.getClassLoader(),
                new Class<?>[] {Sandboxes.class}, (proxy, method, arguments) -> false);
        ExecutionQueue queue = new ExecutionQueue(VERTX, loop, postgres.pipeline(), IDS, UUID.randomUUID(), LONG);
        Dispatcher dispatcher = new Dispatcher(
                VERTX, loop, queue, none, definitions, new WorkflowVersions(postgres, definitions));
        port = edge(new Journal(loop, postgres.journal(), IDS::next, 100, 1 << 20, LONG), dispatcher);
        portWithoutDatabase = edge(new Journal(loop, closed.journal(), IDS::next, 100, 1 << 20, LONG), dispatcher);
    }

    private static int edge(Journal journal, Dispatcher dispatcher) {
        HttpEdge edge = new HttpEdge("localhost", 0, LIMITS, IngressPipeline.PREFIX,
                bodies -> new IngressPipeline(VERTX.getOrCreateContext(), WEBHOOKS, faulty(), journal, dispatcher, IDS,
                        bodies, 1000, new IngressMetrics(), new Underway())::handle,
                bodies -> request -> request.response().end());
        VERTX.deployVerticle(edge).await();
        return edge.actualPort();
    }

    @AfterAll
    static void close() {
        definitions.close();
        VERTX.close().await();
    }

    /** Real counts behind planted faults. */
    private static Quotas faulty() {
        return (Quotas) Proxy.newProxyInstance(FaultTest.class.getClassLoader(), new Class<?>[] {Quotas.class},
                (proxy, method, arguments) -> {
                    boolean look = method.getName().equals("remembered");
                    boolean charge = method.getName().equals("admit");
                    if ((look && planted == Planted.LOOK) || (charge && planted == Planted.CHARGE)) {
                        throw new IllegalStateException("planted");
                    }
                    if (charge && planted == Planted.LATE_CHARGE) {
                        return CompletableFuture.failedStage(new IllegalStateException("planted"));
                    }
                    try {
                        return method.invoke(COUNTS, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static long used() {
        return COUNTS.usage(requireNonNull(WEBHOOKS.subjects(ORGANIZATION)).of(null), Limits.NONE)
                .toCompletableFuture().join().lines().stream()
                .filter(line -> line.count().limit().amount() == DAILY)
                .mapToLong(line -> line.count().used()).findFirst().orElse(0);
    }

    @ParameterizedTest
    @EnumSource(value = Planted.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aFaultIsAnsweredAndCostsNothing(Planted fault) throws IOException {
        try (RawConnection connection = RawConnection.to("localhost", port)) {
            planted = fault;
            long before = used();
            assertThat(connection.send(RawConnection.event(WEBHOOK.toString(), "{}")).answer())
                    .startsWith("HTTP/1.1 500").contains("incident").doesNotContain("planted");
            assertThat(used()).isEqualTo(before);
            planted = Planted.NONE;
            assertThat(connection.send(RawConnection.event(WEBHOOK.toString(), "{}")).status()).isEqualTo(202);
            assertThat(used()).as("control: what is committed is charged").isEqualTo(before + 1);
            assertThat(LIMITS.bodies().used()).isZero();
        } finally {
            planted = Planted.NONE;
        }
    }

    @Test
    void anEventThatCannotBeJournalledIsGivenBack() throws IOException {
        try (RawConnection connection = RawConnection.to("localhost", portWithoutDatabase)) {
            long before = used();
            assertThat(connection.send(RawConnection.event(WEBHOOK.toString(), "{}")).status()).isEqualTo(503);
            assertThat(used()).isEqualTo(before);
            assertThat(LIMITS.bodies().used()).isZero();
        }
    }
}
