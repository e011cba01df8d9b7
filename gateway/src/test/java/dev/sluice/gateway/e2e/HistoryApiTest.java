package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Looking up what happened: newest first, filtered, page by page. */
@ExtendWith(SluiceResolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryApiTest {
    private static final int EVENTS = 7;

    private static final String SECRET = "history-secret";

    private final Client client;
    private final String run = UUID.randomUUID().toString();
    private final String workflow = "history-" + run;
    private final String customer = "customer-" + run;
    private final List<JsonObject> answers = new ArrayList<>();
    private String webhook = "";

    HistoryApiTest(RunningSluice sluice) {
        client = sluice.client();
    }

    /** The events of odd numbers fail; the last one is a customer's. */
    @BeforeAll
    void makeHistory() {
        client.workflow(workflow, "if (ctx.input.n % 2) throw new Error('odd'); return ctx.input.n;");
        webhook = client.webhook(workflow, new JsonObject().put("auth",
                new JsonObject().put("type", "api_key").put("secret", SECRET))).getString("id");
        client.post("/customers", new JsonObject().put("name", "C").put("slug", customer)).expect(201);
        for (int n = 0; n < EVENTS; n++) {
            Client sender = n == EVENTS - 1 ? client.as(customer, webhook) : client.with("x-fastn-key", SECRET);
            answers.add(sender.event(webhook, "{\"n\":" + n + "}").expect(202).json());
        }
        answers.forEach(answer -> client.awaitEnd(execution(answer)));
    }

    @Test
    void executionsComeNewestFirstAndInPages() {
        JsonObject first = client.get("/executions?limit=3&workflow=" + workflow).expect(200).json();
        assertThat(ids(first)).containsExactly(
                execution(answers.get(6)), execution(answers.get(5)), execution(answers.get(4)));
        JsonObject second = client.get(
                "/executions?limit=3&workflow=" + workflow + "&cursor=" + first.getString("nextCursor")).expect(200).json();
        assertThat(ids(second)).containsExactly(
                execution(answers.get(3)), execution(answers.get(2)), execution(answers.get(1)));
        JsonObject last = client.get(
                "/executions?limit=3&workflow=" + workflow + "&cursor=" + second.getString("nextCursor")).expect(200).json();
        assertThat(ids(last)).containsExactly(execution(answers.get(0)));
        assertThat(last.getString("nextCursor")).isNull();
    }

    @Test
    void executionsAreFilteredByWhatTheyAre() {
        String base = "/executions?workflow=" + workflow;
        assertThat(client.all(base + "&status=completed")).hasSize(4);
        assertThat(client.all(base + "&status=failed")).hasSize(3);
        assertThat(client.all(base + "&status=timeout")).isEmpty();
        assertThat(client.all("/executions?eventId=" + answers.get(3).getString("eventId")))
                .extracting(item -> item.getString("id")).containsExactly(execution(answers.get(3)));
        assertThat(client.all(base + "&customerId=" + customer))
                .extracting(item -> item.getString("id")).containsExactly(execution(answers.get(6)));
    }

    @Test
    void executionsAreFilteredByTime() {
        String base = "/executions?workflow=" + workflow;
        String third = client.get("/executions/" + execution(answers.get(2))).json().getString("createdAt");
        assertThat(client.all(base + "&from=" + third)).extracting(item -> item.getString("id"))
                .contains(execution(answers.get(2)), execution(answers.get(6)));
        assertThat(client.all(base + "&to=" + third)).extracting(item -> item.getString("id"))
                .doesNotContain(execution(answers.get(2)), execution(answers.get(6)));
        assertThat(client.all(base + "&from=2000-01-01T00:00:00Z&to=2000-01-02T00:00:00Z")).isEmpty();
    }

    @Test
    void eventsAreKeptAsReceived() {
        assertThat(client.all("/events?limit=2&triggerId=" + webhook)).extracting(item -> item.getString("id"))
                .containsExactlyElementsOf(answers.reversed().stream().map(answer -> answer.getString("eventId")).toList());
        String id = answers.get(4).getString("eventId");
        JsonObject event = client.get("/events/" + id).expect(200).json();
        assertThat(event.getString("triggeredBy")).isEqualTo("webhook");
        assertThat(event.getString("triggerId")).isEqualTo(webhook);
        assertThat(event.getInteger("bodySize")).isEqualTo(7);
        assertThat(client.get("/events/" + id + "/raw").expect(200).bytes())
                .isEqualTo("{\"n\":4}".getBytes(StandardCharsets.UTF_8));
    }

    private static String execution(JsonObject answer) {
        return answer.getJsonArray("executions").getJsonObject(0).getString("id");
    }

    private static List<String> ids(JsonObject page) {
        JsonArray items = page.getJsonArray("items");
        return items.stream().map(item -> ((JsonObject) item).getString("id")).toList();
    }
}
