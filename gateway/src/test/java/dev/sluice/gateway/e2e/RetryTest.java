package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Answer;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
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
                  console.warn(`failure ${failures + 1}`);
                  throw new Error("not yet");
                }
                return { failures, attempt: ctx.attempt };""", THREE_QUICK_ATTEMPTS);
        JsonObject ended = client.awaitEnd(Client.executionOf(client.event(client.openWebhook(slug), "{}")));
        assertThat(ended.getString("status")).as(ended.encode()).isEqualTo("completed");
        assertThat(ended.getInteger("attempt")).isEqualTo(3);
        assertThat(ended.getJsonObject("result")).isEqualTo(new JsonObject().put("failures", 2).put("attempt", 3));
        JsonArray attempts = ended.getJsonArray("attempts");
        assertThat(attempts).extracting(attempt -> ((JsonObject) attempt).getString("status"))
                .containsExactly("failed", "failed", "completed");
        for (int i = 0; i < 2; i++) {
            JsonObject attempt = attempts.getJsonObject(i);
            assertThat(attempt.getInteger("attempt")).isEqualTo(i + 1);
            assertThat(Instant.parse(attempt.getString("startedAt"))).isBefore(Instant.parse(ended.getString("startedAt")));
            assertThat(attempt.getDouble("durationMs")).isPositive();
            assertThat(attempt.getJsonObject("error").getString("message")).isEqualTo("not yet");
            assertThat(attempt.getJsonArray("logs").getJsonObject(0).getString("message")).isEqualTo("failure " + (i + 1));
        }
        assertThat(client.all("/dead-letters?workflow=" + slug)).isEmpty();
    }

    @Test
    void theAttemptsOfWhatWaitsAreShown() {
        client.workflow(slug, "console.log('once'); throw new Error('no');", new JsonObject().put("retry",
                new JsonObject().put("maxAttempts", 2).put("initialIntervalMs", 3_600_000).put("maxIntervalMs", 3_600_000)));
        String execution = Client.executionOf(client.event(client.openWebhook(slug), "{}"));

        JsonObject waiting = Awaitility.await().until(() -> client.get("/executions/" + execution).expect(200).json(),
                found -> !found.getJsonArray("attempts").isEmpty());
        assertThat(waiting.getString("status")).isEqualTo("pending");
        assertThat(waiting.getJsonObject("error").getString("message")).isEqualTo("no");
        assertThat(waiting.getJsonArray("attempts").getJsonObject(0).getJsonArray("logs").getJsonObject(0).getString("message"))
                .isEqualTo("once");
    }

    @Test
    void aReplaySeesWhatTheFirstRunSaw() {
        client.workflow(slug, "throw new Error(JSON.stringify([ctx.input, ctx.headers, ctx.trigger, ctx.customer]));");
        JsonObject webhook = client.webhook(slug, new JsonObject()
                .put("auth", new JsonObject().put("type", "none"))
                .put("routes", new JsonArray().add(new JsonObject().put("workflow", slug)
                        .put("headers", new JsonObject().put("x-route", "r")))));
        Answer sent = client.with("x-github-event", "push").with("x-trace", "a b").with("content-type", "application/json")
                .send("POST", "/hooks/" + webhook.getString("id") + "/sub/path?q=1&r=%20",
                        BodyPublishers.ofString("{\"n\": 1.10}"));
        JsonObject first = client.awaitEnd(Client.executionOf(sent));
        JsonObject letter = client.all("/dead-letters?workflow=" + slug).getFirst();
        JsonObject whole = client.get("/dead-letters/" + letter.getString("id")).expect(200).json();
        assertThat(whole.getString("payloadEncoding")).isEqualTo("json");
        assertThat(whole.getInteger("payloadSize")).isEqualTo(11);
        assertThat(client.get("/dead-letters/" + letter.getString("id")).text()).contains("\"payload\":{\"n\": 1.10}");
        assertThat(client.get("/dead-letters/" + letter.getString("id") + "/payload").expect(200).text()).isEqualTo("{\"n\": 1.10}");

        Answer replayed = client.post("/dead-letters/" + letter.getString("id") + "/replay", new JsonObject()).expect(202);

        JsonObject again = client.awaitEnd(Client.executionOf(replayed));
        assertThat(first.getJsonObject("error").getString("message")).contains("x-github-event", "\"x-route\":\"r\"");
        assertThat(again.getJsonObject("error").getString("message"))
                .isEqualTo(first.getJsonObject("error").getString("message"));
        JsonObject before = client.get("/events/" + sent.json().getString("eventId")).expect(200).json();
        JsonObject after = client.get("/events/" + replayed.json().getString("eventId")).expect(200).json();
        for (String field : new String[] {"method", "path", "query", "headers", "remoteAddress", "bodySize", "triggerId"}) {
            assertThat(after.getValue(field)).as(field).isNotNull().isEqualTo(before.getValue(field));
        }
    }

    @Test
    void aDeadLetterIsDeletedOnce() {
        client.workflow(slug, "throw new Error('no');");
        client.awaitEnd(Client.executionOf(client.event(client.openWebhook(slug), "{}")));
        String letter = "/dead-letters/" + client.all("/dead-letters?workflow=" + slug).getFirst().getString("id");

        client.delete(letter).expect(204);

        client.delete(letter).problem(404);
        client.get(letter).problem(404);
        client.post(letter + "/replay", new JsonObject()).problem(404);
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
