package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** SIGTERM: what runs may finish for a while, the rest runs after the next start. */
class DrainTest {
    private static final Pattern UNSETTLED = Pattern.compile("(?m)^sluice_settlement_oldest_seconds [1-9]");

    @Test
    void whatFitsIntoTheGraceTimeFinishesAndTheRestRunsAgain() throws Exception {
        try (RunningSluice sluice = RunningSluice.start(Map.of("SLUICE_EXECUTOR_DRAIN_GRACE", "3s"))) {
            Client client = sluice.client();
            String shortOne = start(client, "short", 1_000);
            String longOne = start(client, "long", 50_000);
            assertThat(sluice.terminate()).isEqualTo(RunningSluice.SIGTERM_EXIT);
            assertThat(sluice.log()).contains("stopping: running executions have 3 s", "stopped")
                    .doesNotContain("\tat ", "ERROR");
            assertThat(sluice.data().resolve("embedded/postgres/postmaster.pid")).doesNotExist();

            sluice.restart();
            JsonObject finished = client.get("/executions/" + shortOne).expect(200).json();
            assertThat(finished.getString("status")).as(finished.encode()).isEqualTo("completed");
            assertThat(finished.getInteger("result")).as("runs").isEqualTo(1);
            JsonObject again = client.awaitEnd(longOne);
            assertThat(again.getString("status")).as(again.encode()).isEqualTo("completed");
            assertThat(again.getInteger("result")).as("runs").isEqualTo(2);
            assertThat(again.getInteger("attempt")).as("being interrupted is no failure").isEqualTo(1);
        }
    }

    @Test
    void itEndsThoughTheDatabaseAndRedisStandStill() throws Exception {
        try (RunningSluice sluice = RunningSluice.start(Map.of("SLUICE_EXECUTOR_DRAIN_GRACE", "1s"))) {
            Client client = sluice.client();
            client.workflow("unsettled", "await new Promise(resolve => setTimeout(resolve, 1000 * ctx.input));");
            String webhook = client.openWebhook("unsettled");
            for (int seconds = 1; seconds <= 30; seconds++) {
                client.event(webhook, Integer.toString(seconds)).expect(202);
            }
            // The event loops are still there when the database, going on to its end, breaks their connections.
            sluice.expect("terminating connection due to administrator command|Connection reset");
            // However long this takes, one of them ends in the second after it.
            sluice.pauseServers();
            Thread asking = Thread.ofVirtual().start(() -> assertThatThrownBy(() -> client.get("/workflows")));
            Awaitility.await("an end that cannot be stored").until(() -> sluice.strangerClient()
                    .send("GET", "/metrics", BodyPublishers.noBody()).text(), metrics -> UNSETTLED.matcher(metrics).find());

            long begun = System.nanoTime();
            assertThat(sluice.terminate()).isEqualTo(RunningSluice.SIGTERM_EXIT);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
            assertThat(sluice.log()).contains("dispatcher did not stop within 6 s and is left behind");
            assertThat(sluice.data().resolve("embedded/postgres/postmaster.pid")).doesNotExist();
            asking.join();
        }
    }

    /** Starts an execution that takes some time when it runs first, and waits until it is at it. */
    private static String start(Client client, String slug, int milliseconds) {
        client.workflow(slug, """
                const runs = 1 + (await fastn.state.get(ctx.executionId) ?? 0);
                await fastn.state.set(ctx.executionId, runs);
                if (runs === 1) await new Promise(resolve => setTimeout(resolve, %d));
                return runs;""".formatted(milliseconds));
        String execution = Client.executionOf(client.event(client.openWebhook(slug), "{}"));
        Awaitility.await().until(() -> client.get("/executions/" + execution).json().getString("status"), "running"::equals);
        return execution;
    }
}
