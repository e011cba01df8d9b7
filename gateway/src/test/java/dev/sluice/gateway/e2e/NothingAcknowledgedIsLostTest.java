package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.Load;
import dev.sluice.gateway.running.RunningSluice;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the sandbox and then the gateway under load, again and again. Every event that was answered with 202 must come to
 * an end that can be looked up.
 *
 * <p>{@code -Dsluice.campaign=long} makes it ten and five kills instead of two each, with more events.
 */
class NothingAcknowledgedIsLostTest {
    private static final boolean LONG = "long".equals(System.getProperty("sluice.campaign"));
    private static final int SANDBOX_KILLS = LONG ? 10 : 2;
    private static final int GATEWAY_KILLS = LONG ? 5 : 2;
    private static final int EVENTS_PER_KILL = LONG ? 2_000 : 1_000;
    private static final int CONNECTIONS = 64;
    private static final Duration LIMIT = Duration.ofMinutes(LONG ? 10 : 3);

    @Test
    void everyAcknowledgedEventEnds() throws Exception {
        try (RunningSluice sluice = RunningSluice.start(Map.of())) {
            Client client = sluice.client();
            // Takes a little while and a host call, so that kills find executions in every stage; a few are to fail.
            String workflow = client.workflow("busy", """
                    await fastn.state.set(ctx.executionId, ctx.input.n, { ttl: 600 });
                    await new Promise(resolve => setTimeout(resolve, 5));
                    if (ctx.input.n % 50 === 0) throw new Error("as asked");
                    return ctx.input.n;""");
            try (Load load = new Load(client, client.openWebhook(workflow), CONNECTIONS)) {
                for (int i = 0; i < SANDBOX_KILLS; i++) {
                    underLoad(load, () -> killSandbox(sluice));
                }
                for (int i = 0; i < GATEWAY_KILLS; i++) {
                    underLoad(load, () -> killGateway(sluice, load));
                }
                verify(client, workflow, load);
            }
        }
    }

    private interface Kill {
        void run() throws Exception;
    }

    /** Strikes when a third of the events has been sent; the others are sent during and after. */
    private static void underLoad(Load load, Kill kill) throws Exception {
        load.send(EVENTS_PER_KILL);
        load.awaitLeft(EVENTS_PER_KILL * 2 / 3);
        int before = load.acknowledged().size();
        kill.run();
        load.awaitAllAnswered();
        assertThat(load.acknowledged().size()).as("acknowledged since the kill").isGreaterThan(before);
    }

    private static void killSandbox(RunningSluice sluice) {
        List<ProcessHandle> victims = sluice.sandboxes();
        assertThat(victims).isNotEmpty();
        victims.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await("the next sandbox").atMost(LIMIT).until(() -> !sluice.sandboxes().isEmpty()
                && sluice.sandboxes().stream().noneMatch(victims::contains)
                && sluice.client().health() == 200);
    }

    private static void killGateway(RunningSluice sluice, Load load) throws Exception {
        load.expectUnreachable();
        sluice.kill();
        sluice.restart();
        load.reachable();
    }

    private static void verify(Client client, String workflow, Load load) {
        String executions = "/executions?limit=200&workflow=" + workflow + "&status=";
        Awaitility.await("nothing pending or running").atMost(LIMIT).pollInterval(Duration.ofMillis(500))
                .until(() -> isEmpty(client, executions + "pending") && isEmpty(client, executions + "running"));
        Set<String> completed = events(client.all(executions + "completed"));
        Set<String> failed = events(client.all(executions + "failed"));
        Set<String> deadLettered = events(client.all("/dead-letters?limit=200&workflow=" + workflow));
        System.out.printf("%d sandbox kills, %d gateway kills: %d events acknowledged, %d unanswered, %d refused;"
                        + " %d completed, %d failed, %d dead letters%n",
                SANDBOX_KILLS, GATEWAY_KILLS, load.acknowledged().size(), load.unanswered(), load.refused(),
                completed.size(), failed.size(), deadLettered.size());
        Set<String> ended = new HashSet<>(completed);
        ended.addAll(failed);
        assertThat(ended).containsAll(load.acknowledged());
        assertThat(failed).isNotEmpty();
        assertThat(deadLettered).isEqualTo(failed);
        // Each event has one execution, and it ended one way.
        assertThat(completed).doesNotContainAnyElementsOf(failed);
    }

    private static boolean isEmpty(Client client, String list) {
        return client.get(list).expect(200).json().getJsonArray("items").isEmpty();
    }

    private static Set<String> events(List<JsonObject> items) {
        Set<String> events = new HashSet<>();
        for (JsonObject item : items) {
            assertThat(events.add(item.getString("eventId"))).as("one of %s", item).isTrue();
        }
        return events;
    }
}
