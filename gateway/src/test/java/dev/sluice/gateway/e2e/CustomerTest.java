package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** An organization's customers: each has its own state, and sees nothing of the others. */
@ExtendWith(SluiceResolver.class)
class CustomerTest {
    private static final String COUNTER = """
            const count = 1 + (await fastn.state.get("count") ?? 0);
            await fastn.state.set("count", count);
            return { count, customer: ctx.customer && ctx.customer.slug };""";

    private final RunningSluice sluice;
    private final Client client;
    private final String run = UUID.randomUUID().toString();

    CustomerTest(RunningSluice sluice) {
        this.sluice = sluice;
        client = sluice.client();
    }

    @Test
    void customersAreMadeChangedAndDeleted() {
        String slug = "acme-" + run;
        JsonObject created = client.post("/customers", new JsonObject().put("name", "Acme").put("slug", slug))
                .expect(201).json();
        assertThat(created.getString("status")).isEqualTo("active");
        assertThat(client.get("/customers/" + slug).expect(200).json()).isEqualTo(created);
        assertThat(client.get("/customers/" + created.getString("id")).expect(200).json()).isEqualTo(created);
        assertThat(client.all("/customers?limit=2")).contains(created);
        assertThat(client.put("/customers/" + slug, new JsonObject().put("name", "Acme Ltd")).expect(200).json()
                .getString("name")).isEqualTo("Acme Ltd");
        client.post("/customers", new JsonObject().put("name", "Other").put("slug", slug)).problem(409);
        client.delete("/customers/" + slug).expect(204);
        client.get("/customers/" + slug).problem(404);
    }

    @Test
    void limitsOfTheirOwnAreChecked() {
        String slug = customer("limited");
        JsonObject limits = new JsonObject().put("events_per_minute", new JsonObject().put("limit", 7));
        JsonObject kept = client.put("/customers/" + slug + "/limits", limits).expect(200).json().getJsonObject("limits");
        assertThat(kept.getJsonObject("events_per_minute").getInteger("limit")).isEqualTo(7);
        assertThat(client.put("/customers/" + slug + "/limits", new JsonObject().put("events_per_year", limits))
                .problem(422).getString("field")).isEqualTo("events_per_year");
        assertThat(client.put("/customers/" + slug + "/limits",
                        new JsonObject().put("events_per_day", new JsonObject().put("limit", -1)))
                .problem(422).getString("field")).isEqualTo("events_per_day.limit");
    }

    @Test
    void stateIsTheirOwn() {
        String webhook = client.openWebhook(client.workflow("counter-" + run, COUNTER));
        Client first = client.with("x-fastn-customer-id", customer("first"));
        Client second = client.with("x-fastn-customer-id", customer("second"));
        assertThat(count(first, webhook)).isEqualTo(1);
        assertThat(count(first, webhook)).isEqualTo(2);
        assertThat(count(second, webhook)).isEqualTo(1);
        assertThat(count(first, webhook)).isEqualTo(3);
    }

    @Test
    void aTriggerMayBelongToOne() {
        String slug = customer("owner");
        String id = client.get("/customers/" + slug).expect(200).json().getString("id");
        client.workflow("owned-" + run, "return ctx.customer.slug;");
        JsonObject webhook = client.webhook("owned-" + run, new JsonObject().put("customerId", id)
                .put("auth", new JsonObject().put("type", "none")));
        JsonObject ended = client.awaitEnd(Client.executionOf(client.event(webhook.getString("id"), "{}")));
        assertThat(ended.getString("result")).isEqualTo(slug);
        assertThat(ended.getString("customerId")).isEqualTo(webhook.getString("customerId"));
        client.delete("/customers/" + slug).problem(409);
    }

    @Test
    void aSlugIsNeverAnothersId() {
        String victim = customer("victim");
        String id = client.get("/customers/" + victim).expect(200).json().getString("id");
        for (String taken : List.of(id, UUID.randomUUID().toString(), "00000000-0000-0000-0000-000000000000")) {
            assertThat(client.post("/customers", new JsonObject().put("name", "Impostor").put("slug", taken))
                    .problem(422).getString("field")).isEqualTo("slug");
            assertThat(client.post("/workflows", new JsonObject().put("name", "Impostor").put("slug", taken)
                    .put("code", "export default () => 1")).problem(422).getString("field")).isEqualTo("slug");
        }
        JsonObject named = client.post("/customers", new JsonObject().put("name", id)).expect(201).json();
        assertThat(named.getString("slug")).startsWith(id + "-");
        String webhook = client.openWebhook(client.workflow("whose-" + run, "return ctx.customer.slug;"));
        JsonObject ended = client.awaitEnd(Client.executionOf(client.with("x-fastn-customer-id", id).event(webhook, "{}")));
        assertThat(ended.getString("result")).isEqualTo(victim);
        assertThat(ended.getString("customerId")).isEqualTo(id);
    }

    @Test
    void aTriggerNamesItsCustomerByIdAlone() {
        String workflow = client.workflow("bound-" + run, "return 1;");
        JsonObject problem = client.post("/triggers", new JsonObject().put("type", "webhook").put("name", "bound")
                .put("customerId", customer("named")).put("routes", new JsonArray().add(new JsonObject().put("workflow", workflow)))).problem(422);
        assertThat(problem.getString("field")).isEqualTo("customerId");
    }

    @Test
    void organizationsSeeNothingOfEachOther() throws Exception {
        String slug = client.workflow("private-" + run, "return 1;");
        String webhook = client.openWebhook(slug);
        JsonObject answer = client.event(webhook, "{}").expect(202).json();
        String execution = answer.getJsonArray("executions").getJsonObject(0).getString("id");
        Client other = sluice.newOrganization("unlimited");
        other.get("/workflows/" + slug).problem(404);
        other.get("/triggers/" + webhook).problem(404);
        other.delete("/triggers/" + webhook).problem(404);
        other.get("/executions/" + execution).problem(404);
        other.get("/events/" + answer.getString("eventId")).problem(404);
        other.get("/events/" + answer.getString("eventId") + "/raw").problem(404);
        for (String list : List.of("/workflows", "/triggers", "/executions", "/events", "/customers", "/dead-letters")) {
            assertThat(other.all(list + "?limit=200")).as(list).isEmpty();
        }
        // Slugs are each organization's own.
        other.workflow(slug, "return 2;");
    }

    private String customer(String name) {
        String slug = name + "-" + run;
        client.post("/customers", new JsonObject().put("name", name).put("slug", slug)).expect(201);
        return slug;
    }

    private int count(Client sender, String webhook) {
        return client.awaitEnd(Client.executionOf(sender.event(webhook, "{}"))).getJsonObject("result").getInteger("count");
    }
}
