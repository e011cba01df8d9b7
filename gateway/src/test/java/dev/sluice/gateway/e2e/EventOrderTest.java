package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Events that come twice are executed once, and events of a sequential trigger one after the other. */
@ExtendWith(SluiceResolver.class)
class EventOrderTest {
    private static final JsonObject OPEN = new JsonObject().put("type", "none");

    private final Client client;
    private final String slug = "ordered-" + UUID.randomUUID();

    EventOrderTest(RunningSluice sluice) {
        client = sluice.client();
    }

    @Test
    void theSameHeaderIsTheSameEvent() {
        client.workflow(slug, "return 1;");
        String webhook = deduplicating(new JsonObject().put("header", "X-GitHub-Delivery"));
        JsonObject first = client.with("x-github-delivery", "d1").event(webhook, "{\"a\":1}").expect(202).json();
        JsonObject again = client.with("x-github-delivery", "d1").event(webhook, "{\"a\":1}").expect(202).json();
        assertThat(again.getString("eventId")).isEqualTo(first.getString("eventId"));
        assertThat(again.getBoolean("duplicate")).isTrue();
        assertThat(again.getJsonArray("executions")).isEmpty();
        client.with("x-github-delivery", "d2").event(webhook, "{\"a\":1}").expect(202);
        client.event(webhook, "{\"a\":1}").expect(202);
        client.event(webhook, "{\"a\":1}").expect(202);
        assertThat(client.all("/executions?workflow=" + slug)).hasSize(4);
        assertThat(client.all("/events?triggerId=" + webhook)).hasSize(4);
    }

    @Test
    void theSameValueAtAPathIsTheSameEventEvenAtOnce() {
        client.workflow(slug, "return 1;");
        String webhook = deduplicating(new JsonObject().put("path", "data.id"));
        List<CompletableFuture<JsonObject>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> client.event(webhook, "{\"data\":{\"id\":\"evt_1\"}}").expect(202).json(),
                        work -> Thread.ofVirtual().start(work)))
                .limit(20).toList();
        assertThat(answers.stream().map(answer -> answer.join().getString("eventId")).distinct()).hasSize(1);
        client.event(webhook, "{\"data\":{\"id\":\"evt_2\"}}").expect(202);
        assertThat(client.all("/executions?workflow=" + slug)).hasSize(2);
    }

    @Test
    void aSequentialTriggerKeepsTheOrderAndNeverRunsTwoAtOnce() {
        // The earlier the event, the longer it takes: whatever ran beside another would overtake it.
        client.workflow(slug, """
                await new Promise(resolve => setTimeout(resolve, 100 - 10 * ctx.input.n));
                const seen = await fastn.state.get(ctx.workflow.slug) ?? [];
                await fastn.state.set(ctx.workflow.slug, [...seen, ctx.input.n], { ttl: 600 });
                return seen.length;""");
        String webhook = client.webhook(slug, new JsonObject().put("executionMode", "sequential").put("auth", OPEN))
                .getString("id");
        List<String> executions = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            executions.add(Client.executionOf(client.event(webhook, "{\"n\":" + n + "}")));
        }
        List<JsonObject> ended = executions.stream().map(client::awaitEnd).toList();
        assertThat(ended).extracting(execution -> execution.getInteger("result"))
                .containsExactlyElementsOf(IntStream.range(0, 8).boxed().toList());
    }

    private String deduplicating(JsonObject key) {
        return client.webhook(slug, new JsonObject().put("deduplicationKey", key).put("auth", OPEN)).getString("id");
    }
}
