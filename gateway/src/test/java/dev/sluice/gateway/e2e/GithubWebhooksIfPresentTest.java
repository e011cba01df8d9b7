package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.HmacSignature;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SharedData;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Real bodies, signed as GitHub signs them. They are data of others, so this runs only where they are. */
@ExtendWith(SluiceResolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GithubWebhooksIfPresentTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Client client;
    private final String workflow = "github-" + UUID.randomUUID();
    private final List<Path> bodies = SharedData.files("github-webhooks");
    private String webhook = "";
    private String secret = "";

    GithubWebhooksIfPresentTest(RunningSluice sluice) {
        client = sluice.client();
    }

    @BeforeAll
    void createWebhook() {
        // Says how often this execution has been run, whoever ran it.
        client.workflow(workflow, """
                const key = "runs of " + ctx.executionId;
                const runs = 1 + (await fastn.state.get(key) ?? 0);
                await fastn.state.set(key, runs, { ttl: 600 });
                return { runs, event: ctx.headers["x-github-event"] };""");
        JsonObject created = client.webhook(workflow, new JsonObject().put("auth", new JsonObject()
                .put("type", "hmac").put("header", "X-Hub-Signature-256").put("algorithm", "sha256")
                .put("encoding", "hex").put("prefix", "sha256=")));
        webhook = created.getString("id");
        secret = created.getJsonObject("auth").getString("secret");
    }

    @Test
    void eachIsKeptByteForByteAndExecutedOnce() throws IOException {
        Map<String, Path> acknowledged = new TreeMap<>();
        for (Path file : bodies) {
            byte[] body = Files.readAllBytes(file);
            JsonObject answer = signed(body, body).with("x-github-event", eventName(file))
                    .event(webhook, body).expect(202).json();
            assertThat(answer.getJsonArray("executions")).hasSize(1);
            acknowledged.put(answer.getString("eventId"), file);
        }
        for (Map.Entry<String, Path> event : acknowledged.entrySet()) {
            assertThat(client.get("/events/" + event.getKey() + "/raw").expect(200).bytes())
                    .as(event.getValue().toString()).isEqualTo(Files.readAllBytes(event.getValue()));
        }
        List<JsonObject> executions = Awaitility.await("all completed").atMost(LIMIT).until(
                () -> client.all("/executions?limit=200&status=completed&workflow=" + workflow),
                completed -> completed.size() >= bodies.size());
        assertThat(executions).extracting(execution -> execution.getString("eventId"))
                .containsExactlyInAnyOrderElementsOf(acknowledged.keySet());
        for (JsonObject execution : executions) {
            Path file = requireNonNull(acknowledged.get(execution.getString("eventId")));
            assertThat(client.get("/executions/" + execution.getString("id")).json().getJsonObject("result"))
                    .isEqualTo(new JsonObject().put("runs", 1).put("event", eventName(file)));
        }
        assertThat(client.all("/executions?limit=200&workflow=" + workflow)).hasSameSizeAs(bodies);
    }

    @Test
    void withOneByteChangedNoneIsTaken() throws IOException {
        int before = events();
        for (Path file : bodies) {
            byte[] body = Files.readAllBytes(file);
            byte[] changed = body.clone();
            changed[body.length / 2] ^= 1;
            JsonObject problem = signed(body, changed).event(webhook, changed).problem(401);
            assertThat(problem.getString("detail")).contains("X-Hub-Signature-256", "does not fit the body");
        }
        assertThat(events()).isEqualTo(before);
    }

    private int events() {
        return client.all("/events?limit=200&triggerId=" + webhook).size();
    }

    /** A sender of one body that carries the signature of another, or of the same. */
    private Client signed(byte[] signedBody, byte[] sentBody) {
        assertThat(sentBody).hasSameSizeAs(signedBody);
        return client.with("x-hub-signature-256",
                "sha256=" + HexFormat.of().formatHex(HmacSignature.of(secret, signedBody)));
    }

    /** The file name is {@code NNN-event.json}. */
    private static String eventName(Path file) {
        return file.getFileName().toString().replaceFirst("^\\d+-", "").replaceFirst("\\.json$", "");
    }
}
