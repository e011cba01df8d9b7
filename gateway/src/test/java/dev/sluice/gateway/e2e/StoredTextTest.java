package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Answer;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What senders and workflows write is stored and shown as they wrote it, and stops nothing. */
@ExtendWith(SluiceResolver.class)
class StoredTextTest {
    private static final JsonObject INSTANT = new JsonObject().put("tier", "instant");

    private final RunningSluice sluice;
    private final Client client;
    private final String slug = "stored-" + UUID.randomUUID();

    StoredTextTest(RunningSluice sluice) {
        this.sluice = sluice;
        client = sluice.client();
    }

    @Test
    void anEscapedNulThatAFilterHasSeenEndsItsExecutionAndNoOther() {
        client.workflow(slug, "throw new Error('no');");
        JsonObject webhook = client.webhook(slug, new JsonObject().put("auth", new JsonObject().put("type", "none"))
                .put("routes", new JsonArray()
                        .add(new JsonObject().put("workflow", slug))
                        .add(new JsonObject().put("workflow", slug).put("filter", new JsonObject().put("a", "never")))));
        String body = "{\"a\":\"\\u0000\"}";
        Answer accepted = client.event(webhook.getString("id"), body);
        String execution = Client.executionOf(accepted);

        assertThat(client.awaitEnd(execution).getJsonObject("error").getString("message")).isEqualTo("no");
        JsonObject letter = client.all("/dead-letters?workflow=" + slug).getFirst();
        assertThat(client.get("/dead-letters/" + letter.getString("id")).expect(200).text()).contains("\"payload\":" + body);
        String event = "/events/" + accepted.json().getString("eventId");
        JsonObject unmatched = client.get(event).expect(200).json().getJsonObject("receipt").getJsonArray("routes").getJsonObject(1);
        assertThat(unmatched.getBoolean("matched")).isFalse();
        assertThat(unmatched.getJsonObject("because").getString("seen")).contains("\0");
        assertThat(client.get(event + "/raw").expect(200).text()).isEqualTo(body);
        String next = Client.executionOf(client.event(client.openWebhook(client.workflow(slug + "-2", "return 1;")), "{}"));
        assertThat(client.awaitEnd(next).getString("status")).isEqualTo("completed");
        assertThat(client.health()).isEqualTo(200);
        assertThat(sluice.strangerClient().send("GET", "/metrics", BodyPublishers.noBody()).text())
                .contains("sluice_settlement_oldest_seconds ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{['k'.repeat(60000)]: 1}",
        "{big: 1e21, small: 1e-7, whole: 123456789012345680000}",
        "'\\u0000\\ud800'",
    })
    void aResultIsShownAsItWasAnswered(String expression) {
        String webhook = client.openWebhook(client.workflow(slug, "return " + expression + ";", INSTANT));

        Answer answer = client.event(webhook, "{}").expect(200);

        assertThat(client.get("/executions/" + answer.header("x-fastn-execution-id")).expect(200).text())
                .contains("\"result\":" + answer.text() + ",");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'x'.repeat(100000)",
        "'\\u0000\\ud800'",
        "'[\"'.repeat(2000)",
    })
    void anErrorIsShownWhereverItIsAskedFor(String message) {
        client.workflow(slug, "console.log(" + message + "); throw new Error(" + message + ");", INSTANT);

        String run = client.post("/workflows/" + slug + "/run", new JsonObject()).problem(500).getString("executionId");
        Answer answer = client.event(client.openWebhook(slug), "{}").expect(500);

        for (String id : new String[] {run, answer.header("x-fastn-execution-id")}) {
            JsonObject ended = client.awaitEnd(id);
            assertThat(ended.getString("status")).isEqualTo("failed");
            assertThat(ended.getJsonArray("logs")).hasSize(1);
            assertThat(ended.getJsonArray("attempts")).hasSize(1);
        }
    }
}
