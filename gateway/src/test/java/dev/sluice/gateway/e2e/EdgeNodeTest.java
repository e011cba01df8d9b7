package dev.sluice.gateway.e2e;

import dev.sluice.config.testing.TestServers;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** Two nodes that start together on an empty database: one only accepts events, the other executes them. */
class EdgeNodeTest {
    @Test
    void whatOneNodeAcceptsAnotherExecutes() throws IOException {
        Map<String, String> shared = Map.of(
                "SLUICE_POSTGRES_URI", TestServers.freshDatabase(), "SLUICE_REDIS_URIS", TestServers.freshRedis());
        CompletableFuture<RunningSluice> starting = CompletableFuture.supplyAsync(() -> start(shared, 1));
        try (RunningSluice edge = start(shared, 0);
                RunningSluice whole = starting.join()) {
            RunningSluice first = edge.hasCredentials() ? edge : whole;
            assertThat(edge.hasCredentials()).as("both nodes made keys").isNotEqualTo(whole.hasCredentials());
            Client atWhole = first.client(whole::url);
            Client atEdge = first.client(edge::url);
            String webhook = atWhole.openWebhook(atWhole.workflow("twice", "return ctx.input.n * 2;"));

            Awaitility.await("the edge knows the webhook")
                    .until(() -> atEdge.event(webhook, "{\"n\": 1}").status() == 202);
            JsonObject ended = atEdge.awaitEnd(Client.executionOf(atEdge.event(webhook, "{\"n\": 21}")));

            assertThat(ended.getString("status")).as(ended.encode()).isEqualTo("completed");
            assertThat(ended.getInteger("result")).isEqualTo(42);
            assertThat(edge.sandboxes()).isEmpty();
            assertThat(edge.strangerClient().health()).isEqualTo(200);
            JsonObject refusal = atEdge.post("/workflows", new JsonObject().put("name", "new")
                    .put("code", "export default async () => 1")).expect(503).json();
            assertThat(refusal.getString("detail")).contains("this node runs no sandbox process");
        }
    }

    private static RunningSluice start(Map<String, String> shared, int sandboxes) {
        Map<String, String> settings = new HashMap<>(shared);
        settings.put("SLUICE_SANDBOX_PROCESSES", Integer.toString(sandboxes));
        try {
            return RunningSluice.start(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
