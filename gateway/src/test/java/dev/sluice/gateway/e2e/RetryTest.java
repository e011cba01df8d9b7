package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of an execution that fails: tried again, then kept as a dead letter, then replayed. */
@ExtendWith(SluiceResolver.class)
class RetryTest {
    private static final JsonObject THREE_QUICK_ATTEMPTS = new JsonObject().put("retry",
            new JsonObject().put("maxAttempts", 3).put("initialIntervalMs", 50).put("maxIntervalMs", 100));

    private final Client client;
    private final String slug = "retried-" + UUID.randomUUID();

    RetryTest(RunningSluice sluice) {
        client = sluice.client();
    }

    @Test
    void itFailsTwiceAndThenSucceeds() {
        client.workflow(slug, """
                const failures = await fastn.state.get(ctx.eventId) ?? 0;
                if (failures < 2) {
                  await fastn.state.set(ctx.eventId, failures + 1, { ttl: 60 });
                  throw new Error("not yet");
                }
                return { failures, attempt: ctx.attempt };""", THREE_QUICK_ATTEMPTS);
        JsonObject ended = client.awaitEnd(Client.executionOf(client.event(client.openWebhook(slug), "{}")));
        assertThat(ended.getString("status")).as(ended.encode()).isEqualTo("completed");
        assertThat(ended.getInteger("attempt")).isEqualTo(3);
        assertThat(ended.getJsonObject("result")).isEqualTo(new JsonObject().put("failures", 2).put("attempt", 3));
        assertThat(client.all("/dead-letters?workflow=" + slug)).isEmpty();
    }

    @Test
    void whatFailsForGoodIsReplayedOnceWithTheVersionDeployedThen() {
        client.workflow(slug, "throw new Error('attempt ' + ctx.attempt);", THREE_QUICK_ATTEMPTS);
        JsonObject answer = client.event(client.openWebhook(slug), "{\"deal\": 7.10}").expect(202).json();
        String failed = answer.getJsonArray("executions").getJsonObject(0).getString("id");
        assertThat(client.awaitEnd(failed).getString("status")).isEqualTo("failed");

        JsonObject letter = client.all("/dead-letters?workflow=" + slug).getFirst();
        assertThat(letter.getString("executionId")).isEqualTo(failed);
        assertThat(letter.getString("eventId")).isEqualTo(answer.getString("eventId"));
        assertThat(letter.getJsonObject("error").getString("message")).isEqualTo("attempt 3");
        assertThat(letter.getJsonArray("attempts")).extracting(
                        item -> ((JsonObject) item).getJsonObject("error").getString("message"))
                .startsWith("attempt 1", "attempt 2");

        client.put("/workflows/" + slug, new JsonObject()
                .put("code", "export default async ctx => ctx.input.deal")).expect(200);
        String replay = "/dead-letters/" + letter.getString("id") + "/replay";
        JsonObject replayed = client.post(replay, new JsonObject()).expect(202).json();
        JsonObject ended = client.awaitEnd(replayed.getJsonArray("executions").getJsonObject(0).getString("id"));
        assertThat(ended.getString("status")).as(ended.encode()).isEqualTo("completed");
        assertThat(ended.getString("triggeredBy")).isEqualTo("replay");
        assertThat(ended.getDouble("result")).isEqualTo(7.1);
        JsonObject receipt = client.get("/events/" + replayed.getString("eventId")).json().getJsonObject("receipt");
        assertThat(receipt.getJsonObject("replay").getString("eventId")).isEqualTo(answer.getString("eventId"));
        assertThat(client.get("/events/" + replayed.getString("eventId") + "/raw").text()).isEqualTo("{\"deal\": 7.10}");

        client.post(replay, new JsonObject()).problem(409);
        assertThat(client.get("/dead-letters/" + letter.getString("id")).json().getString("replayExecutionId"))
                .isEqualTo(ended.getString("id"));
    }

    @Test
    void aTriggerWithoutDeadLetterQueueKeepsNone() {
        client.workflow(slug, "throw new Error('x');");
        JsonObject webhook = client.webhook(slug, new JsonObject().put("deadLetterQueue", false)
                .put("auth", new JsonObject().put("type", "none")));
        String execution = Client.executionOf(client.event(webhook.getString("id"), "{}"));
        assertThat(client.awaitEnd(execution).getString("status")).isEqualTo("failed");
        assertThat(client.all("/dead-letters?workflow=" + slug)).isEmpty();
    }
}
