package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.HmacSignature;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Webhooks: how they are made, who may send to them, and which workflows their events reach. */
@ExtendWith(SluiceResolver.class)
class TriggerApiTest {
    private final RunningSluice sluice;
    private final Client client;
    private final Client sender;
    private final String url;
    private final String slug = "target-" + UUID.randomUUID();

    TriggerApiTest(RunningSluice sluice) {
        this.sluice = sluice;
        client = sluice.client();
        sender = sluice.strangerClient();
        url = sluice.url();
    }

    @BeforeEach
    void createTarget() {
        client.workflow(slug, "return ctx.headers;");
    }

    @Test
    void theSecretIsShownOnce() {
        JsonObject created = client.webhook(slug, new JsonObject());
        String id = created.getString("id");
        assertThat(created.getString("url")).isEqualTo(url + "/hooks/" + id);
        assertThat(created.getJsonObject("auth").getString("type")).as("the default").isEqualTo("api_key");
        String secret = created.getJsonObject("auth").getString("secret");
        assertThat(secret).hasSizeGreaterThan(20);
        String later = client.get("/triggers/" + id).expect(200).text() + client.get("/triggers?limit=200").text();
        assertThat(later).contains(id).doesNotContain(secret);
        sender.event(id, "{}").problem(401);
        sender.with("x-fastn-key", secret + "x").event(id, "{}").problem(401);
        sender.with("x-fastn-key", secret).event(id, "{}").expect(202);
    }

    @Test
    void theCallerMayChooseIdAndSecret() {
        String id = UUID.randomUUID().toString();
        JsonObject chosen = new JsonObject().put("id", id)
                .put("auth", new JsonObject().put("type", "api_key").put("secret", "chosen-secret"));
        assertThat(client.webhook(slug, chosen).getString("id")).isEqualTo(id);
        sender.with("x-fastn-key", "chosen-secret").event(id, "{}").expect(202);
        client.post("/triggers", new JsonObject().put("type", "webhook").put("name", "again").put("id", id)
                .put("routes", routeTo(slug, null))).problem(409);
    }

    @Test
    void aBase64SignatureWithItsOwnHeader() {
        JsonObject created = client.webhook(slug, new JsonObject().put("auth", new JsonObject()
                .put("type", "hmac").put("header", "X-Shop-Hmac").put("encoding", "base64")));
        String secret = created.getJsonObject("auth").getString("secret");
        byte[] body = "{\"größe\":1.50}".getBytes(StandardCharsets.UTF_8);
        String signature = Base64.getEncoder().encodeToString(HmacSignature.of(secret, body));
        String id = created.getString("id");
        sender.with("x-shop-hmac", signature).event(id, body).expect(202);
        sender.with("x-shop-hmac", signature).event(id, "{}").problem(401);
        sender.with("x-shop-hmac", "???").event(id, body).problem(401);
        assertThat(sender.event(id, body).problem(401).getString("detail")).contains("X-Shop-Hmac");
    }

    @Test
    void everyMatchingRouteRunsWithItsHeaders() {
        String other = client.workflow(slug + "-b", "return ctx.headers;");
        JsonArray routes = new JsonArray()
                .add(route(slug, new JsonObject().put("event_type", "order.created"))
                        .put("headers", new JsonObject().put("x-route", "first")))
                .add(route(other, new JsonObject().put("event_type", "inventory.updated")))
                .add(route(other, new JsonObject().put("order.total", 1.5)));
        JsonObject created = client.webhook(slug, new JsonObject().put("routes", routes)
                .put("auth", new JsonObject().put("type", "none")));
        JsonObject answer = sender.event(created.getString("id"),
                "{\"event_type\":\"order.created\",\"order\":{\"total\":1.50}}").expect(202).json();
        JsonArray executions = answer.getJsonArray("executions");
        assertThat(executions).extracting(item -> ((JsonObject) item).getString("workflow")).containsExactly(slug, other);
        JsonObject first = client.awaitEnd(executions.getJsonObject(0).getString("id"));
        assertThat(first.getJsonObject("result").getString("x-route")).isEqualTo("first");
        JsonObject event = client.get("/events/" + answer.getString("eventId")).expect(200).json();
        assertThat(event.getJsonObject("receipt").getJsonArray("routes"))
                .extracting(item -> ((JsonObject) item).getBoolean("matched")).containsExactly(true, false, true);
        assertThat(sender.event(created.getString("id"), "{\"event_type\":\"other\"}").expect(202).json()
                .getJsonArray("executions")).isEmpty();
    }

    @Test
    void theSubPathQueryAndHeadersBelongToTheEventAndCredentialsDoNot() {
        JsonObject created = client.webhook(slug, new JsonObject());
        String id = created.getString("id");
        String secret = created.getJsonObject("auth").getString("secret");
        JsonObject answer = sender.with("x-fastn-key", secret).with("x-shop", "a").with("authorization", "Bearer abcdef")
                .event(id + "/orders/7?a=b", "{}").expect(202).json();
        String stored = client.get("/events/" + answer.getString("eventId")).expect(200).text();
        JsonObject event = new JsonObject(stored);
        assertThat(event.getString("path")).isEqualTo("/orders/7");
        assertThat(event.getString("query")).isEqualTo("a=b");
        assertThat(stored).doesNotContain(secret, "abcdef");
        JsonObject seen = client.awaitEnd(answer.getJsonArray("executions").getJsonObject(0).getString("id"))
                .getJsonObject("result");
        assertThat(seen.getString("x-shop")).isEqualTo("a");
        assertThat(seen.fieldNames()).doesNotContain("x-fastn-key", "authorization");
    }

    @Test
    void badFieldsAreNamed() {
        field("routes[0].filter", new JsonObject().put("routes",
                routeTo(slug, new JsonObject().put("total", new JsonObject().put("$foo", 1)))));
        field("routes[0].workflow", new JsonObject().put("routes", routeTo("no-such-workflow", null)));
        field("routes", new JsonObject().put("routes", new JsonArray()));
        field("type", new JsonObject().put("type", "pigeon"));
        field("id", new JsonObject().put("id", "7"));
        field("auth.type", new JsonObject().put("auth", new JsonObject().put("type", "magic")));
        field("auth.secret", new JsonObject().put("auth", new JsonObject().put("type", "api_key").put("secret", "x")));
        field("executionMode", new JsonObject().put("executionMode", "random"));
        field("deduplicationKey", new JsonObject().put("deduplicationKey", new JsonObject()));
        field("customerId", new JsonObject().put("customerId", "nobody"));
        field("colour", new JsonObject().put("colour", "red"));
    }

    @Test
    void anUpdateTakesEffectAtOnceAndKeepsTheSecret() {
        JsonObject created = client.webhook(slug, new JsonObject());
        String id = created.getString("id");
        JsonObject updated = client.put("/triggers/" + id, new JsonObject().put("type", "webhook").put("name", "renamed")
                .put("auth", new JsonObject().put("type", "api_key"))
                .put("routes", routeTo(slug, new JsonObject().put("a", 1)))).expect(200).json();
        assertThat(updated.getString("name")).isEqualTo("renamed");
        Client known = sender.with("x-fastn-key", created.getJsonObject("auth").getString("secret"));
        assertThat(known.event(id, "{\"a\":2}").expect(202).json().getJsonArray("executions")).isEmpty();
        assertThat(known.event(id, "{\"a\":1}").expect(202).json().getJsonArray("executions")).hasSize(1);
    }

    @Test
    void aReplacementNamesWhatWouldElseChangeSilently() {
        String customer = client.post("/customers", new JsonObject().put("name", slug)).expect(201).json().getString("id");
        JsonObject created = client.webhook(slug, new JsonObject().put("customerId", customer)
                .put("auth", new JsonObject().put("type", "hmac").put("header", "X-Sig").put("secret", "0123456789"))
                .put("deduplicationKey", new JsonObject().put("header", "X-Event-Id"))
                .put("executionMode", "sequential").put("deadLetterQueue", false));
        String path = "/triggers/" + created.getString("id");
        JsonObject whole = new JsonObject().put("type", "webhook").put("name", "renamed").put("routes", routeTo(slug, null))
                .put("auth", new JsonObject().put("type", "hmac")).put("customerId", customer)
                .put("deduplicationKey", new JsonObject().put("header", "X-Event-Id"))
                .put("executionMode", "sequential").put("deadLetterQueue", false);
        for (String left : List.of("auth", "customerId", "deduplicationKey", "executionMode", "deadLetterQueue")) {
            JsonObject without = whole.copy();
            without.remove(left);
            JsonObject problem = client.put(path, without).problem(422);
            assertThat(problem.getString("field")).isEqualTo(left);
            assertThat(problem.getString("reason")).contains("must be said", "repeat");
        }
        assertThat(client.put(path, whole.copy().putNull("auth")).problem(422).getString("reason")).contains("api_key, hmac, none");
        assertThat(client.get(path).expect(200).json()).isEqualTo(withoutSecret(created));

        JsonObject updated = client.put(path, whole).expect(200).json();
        assertThat(updated.getJsonObject("auth")).as("parameters and secret stay").isEqualTo(withoutSecret(created).getJsonObject("auth"));
        sender.with("X-Sig", HexFormat.of().formatHex(HmacSignature.of("0123456789", "{}".getBytes(StandardCharsets.UTF_8))))
                .with("X-Event-Id", "1").event(created.getString("id"), "{}").expect(202);
        JsonObject off = client.put(path, whole.copy().putNull("deduplicationKey").putNull("customerId")
                .putNull("executionMode").putNull("deadLetterQueue").put("auth", new JsonObject().put("type", "none"))).expect(200).json();
        assertThat(off.fieldNames()).doesNotContain("deduplicationKey");
        assertThat(off.getValue("customerId")).isNull();
        assertThat(off.getString("executionMode")).isEqualTo("parallel");
        sender.event(created.getString("id"), "{}").expect(202);
    }

    @Test
    void aWebhookIdStaysWithItsOrganizationForGoodAndComesBackEmpty() throws Exception {
        Client other = sluice.newOrganization("unlimited");
        other.workflow("theirs", "return 1;");
        String id = UUID.randomUUID().toString();
        JsonObject keyed = new JsonObject().put("id", id).put("auth", new JsonObject().put("type", "none"))
                .put("deduplicationKey", new JsonObject().put("header", "X-Event-Id"));
        JsonObject taking = new JsonObject().put("type", "webhook").put("name", "take").put("routes", routeTo("theirs", null)).mergeIn(keyed);
        client.webhook(slug, keyed);
        String inUse = other.post("/triggers", taking).problem(409).getString("detail");
        assertThat(inUse).contains(id);
        sender.with("X-Event-Id", "1").event(id, "{}").expect(202);
        assertThat(sender.with("X-Event-Id", "1").event(id, "{}").expect(202).json().getBoolean("duplicate")).isTrue();
        client.delete("/triggers/" + id).expect(204);

        assertThat(other.post("/triggers", taking).problem(409).getString("detail")).as("nothing is learned").isEqualTo(inUse);
        sender.with("X-Event-Id", "1").event(id, "{}").problem(404);
        client.webhook(slug, keyed);
        assertThat(sender.with("X-Event-Id", "1").event(id, "{}").expect(202).json().getBoolean("duplicate", false)).isFalse();
    }

    @Test
    void whatACallerMayNotChooseAsAnId() {
        for (String id : List.of("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "1-1-1-1-1", "x".repeat(36))) {
            field("id", new JsonObject().put("id", id));
        }
        field("routes[0].workflow", new JsonObject().put("routes", routeTo(client.get("/workflows/" + slug).json().getString("id"), null)));
    }

    private static JsonObject withoutSecret(JsonObject created) {
        JsonObject json = created.copy();
        json.getJsonObject("auth").remove("secret");
        return json;
    }

    private void field(String name, JsonObject fields) {
        JsonObject problem = client.post("/triggers", new JsonObject().put("type", "webhook").put("name", "bad")
                .put("routes", routeTo(slug, null)).mergeIn(fields)).problem(422);
        assertThat(problem.getString("field")).as(problem.encode()).startsWith(name);
    }

    private static JsonArray routeTo(String workflow, @Nullable JsonObject filter) {
        return new JsonArray().add(filter == null
                ? new JsonObject().put("workflow", workflow)
                : route(workflow, filter));
    }

    private static JsonObject route(String workflow, JsonObject filter) {
        return new JsonObject().put("workflow", workflow).put("filter", filter);
    }
}
