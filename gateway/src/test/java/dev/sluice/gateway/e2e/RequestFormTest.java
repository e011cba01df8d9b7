package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Answer;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Forms of requests that HTTP and JSON allow and few senders use: they are taken like any other. */
@ExtendWith(SluiceResolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestFormTest {
    private static final String BOM = "\ufeff";

    private final Client client;
    private final Client sender;
    private final String slug = "form-" + UUID.randomUUID();
    private String webhook = "";

    RequestFormTest(RunningSluice sluice) {
        client = sluice.client();
        sender = sluice.strangerClient();
    }

    @BeforeAll
    void createWebhook() {
        webhook = client.webhook(client.workflow(slug, "return [typeof ctx.input, ctx.input];"), new JsonObject()
                .put("auth", new JsonObject().put("type", "none"))
                .put("deduplicationKey", new JsonObject().put("path", "id"))).getString("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", "", "identity, identity", ",", " identity , "})
    void aContentCodingThatChangesNothing(String codings) {
        sender.with("content-encoding", codings).event(webhook, "{}").expect(202);
        client.with("content-encoding", codings).post("/workflows/" + slug + "/run", new JsonObject()).expect(202);
    }

    @Test
    void chunkedByAnyOfItsSpellings() {
        sender.with("content-type", "application/json").send("POST", "/hooks/" + webhook, BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)))).expect(202);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheTextAndStaysInTheBytes() {
        String id = UUID.randomUUID().toString();
        String body = BOM + "{\"id\":\"" + id + "\"}";
        JsonObject accepted = sender.event(webhook, body).expect(202).json();
        assertThat(sender.event(webhook, body.substring(1)).expect(202).json().getBoolean("duplicate")).isTrue();
        JsonObject ended = client.awaitEnd(accepted.getJsonArray("executions").getJsonObject(0).getString("id"));
        assertThat(ended.getJsonArray("result").encode()).isEqualTo("[\"object\",{\"id\":\"" + id + "\"}]");
        assertThat(client.get("/events/" + accepted.getString("eventId") + "/raw").expect(200).text()).isEqualTo(body);
        JsonObject explained = client.post("/triggers/" + webhook + "/explain",
                new JsonObject().put("eventId", accepted.getString("eventId"))).expect(200).json();
        assertThat(explained.getJsonArray("routes").getJsonObject(0).getBoolean("matched")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"input\":1}"})
    void aByteOrderMarkBeforeABodyOfTheApi(String body) {
        client.send("POST", "/api/v1/workflows/" + slug + "/run", BodyPublishers.ofString(BOM + body)).expect(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/metrics", "/api/v1/workflows", "/api/v1/events"})
    void headWhereverThereIsGet(String path) {
        Answer answer = client.send("HEAD", path, BodyPublishers.noBody()).expect(200);
        assertThat(answer.bytes()).isEmpty();
        assertThat(answer.header("content-type")).isEqualTo(
                client.send("GET", path, BodyPublishers.noBody()).expect(200).header("content-type"));
    }

    @Test
    void headOfWhatIsNotThere() {
        assertThat(client.send("HEAD", "/api/v1/events/" + UUID.randomUUID(), BodyPublishers.noBody()).expect(404).bytes()).isEmpty();
        assertThat(client.send("HEAD", "/nowhere", BodyPublishers.noBody()).expect(404).bytes()).isEmpty();
        assertThat(client.send("HEAD", "/api/v1/billing/usage/restore", BodyPublishers.noBody()).expect(405).bytes()).isEmpty();
    }
}
