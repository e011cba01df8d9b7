package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Answer;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.HmacSignature;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Of a webhook that customers share: an event is a customer's only if that customer's own secret says so. */
@ExtendWith(SluiceResolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedWebhookTest {
    private static final String SECRET = "the-webhooks-own";

    private final Client client;
    private final Client stranger;
    private final String run = UUID.randomUUID().toString();
    private final String first = "first-" + run;
    private final String second = "second-" + run;
    private final String asleep = "asleep-" + run;
    private String keyed = "";
    private String signed = "";
    private String open = "";

    SharedWebhookTest(RunningSluice sluice) {
        client = sluice.client();
        stranger = sluice.strangerClient();
    }

    @BeforeAll
    void create() {
        String workflow = client.workflow("shared-" + run, "return ctx.customer && ctx.customer.slug;");
        for (String slug : new String[] {first, second, asleep}) {
            client.post("/customers", new JsonObject().put("name", slug).put("slug", slug)).expect(201);
        }
        client.put("/customers/" + asleep, new JsonObject().put("status", "inactive")).expect(200);
        keyed = client.webhook(workflow, auth("api_key")).getString("id");
        signed = client.webhook(workflow, auth("hmac")).getString("id");
        open = client.openWebhook(workflow);
    }

    private static JsonObject auth(String type) {
        return new JsonObject().put("auth", new JsonObject().put("type", type).put("secret", SECRET));
    }

    private String secret(String webhook, String customer) {
        return client.post("/triggers/" + webhook + "/customer-secret", new JsonObject().put("customerId", customer))
                .expect(200).json().getString("secret");
    }

    private Answer sign(String secret, Client sender) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        return sender.with("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(HmacSignature.of(secret, body)))
                .event(signed, body);
    }

    private static void is(@Nullable String customer, Client reader, Answer accepted) {
        assertThat(reader.awaitEnd(Client.executionOf(accepted)).getString("result")).isEqualTo(customer);
    }

    @Test
    void itsOwnSecretMakesAnEventACustomers() {
        is(first, client, stranger.with("x-fastn-customer-id", first).with("x-fastn-key", secret(keyed, first)).event(keyed, "{}"));
        is(second, client, sign(secret(signed, second), stranger.with("x-fastn-customer-id", second)));
        String id = client.get("/customers/" + first).expect(200).json().getString("id");
        is(first, client, stranger.with("x-fastn-customer-id", id).with("x-fastn-key", secret(keyed, id)).event(keyed, "{}"));
    }

    @Test
    void withoutACustomerItIsTheOrganizations() {
        is(null, client, stranger.with("x-fastn-key", SECRET).event(keyed, "{}"));
        is(null, client, sign(SECRET, stranger));
    }

    @Test
    void anUnsignedNameIsNotBelieved() {
        for (String secret : new String[] {SECRET, secret(keyed, second), "guess"}) {
            stranger.with("x-fastn-customer-id", first).with("x-fastn-key", secret).event(keyed, "{}").problem(401);
        }
        for (String secret : new String[] {SECRET, secret(signed, second), "guess"}) {
            assertThat(sign(secret, stranger.with("x-fastn-customer-id", first)).problem(401).getString("detail"))
                    .contains("x-fastn-customer-id");
        }
        stranger.with("x-fastn-customer-id", first).event(open, "{}").problem(401);
    }

    @Test
    void aRefusalDoesNotTellWhichCustomersExist() {
        for (String named : new String[] {second, asleep, "nobody", UUID.randomUUID().toString(), ""}) {
            assertThat(stranger.with("x-fastn-customer-id", named).with("x-fastn-key", SECRET).event(keyed, "{}").text())
                    .isEqualTo(stranger.with("x-fastn-customer-id", first).with("x-fastn-key", SECRET).event(keyed, "{}").text());
            assertThat(sign(SECRET, stranger.with("x-fastn-customer-id", named)).text())
                    .isEqualTo(sign(SECRET, stranger.with("x-fastn-customer-id", first)).text());
            assertThat(stranger.with("x-fastn-customer-id", named).event(open, "{}").text())
                    .isEqualTo(stranger.with("x-fastn-customer-id", first).event(open, "{}").text());
        }
    }

    @Test
    void aCustomerThatIsInactiveIsToldSo() {
        assertThat(stranger.with("x-fastn-customer-id", asleep).with("x-fastn-key", secret(keyed, asleep))
                .event(keyed, "{}").problem(404).getString("detail")).contains("not active");
    }

    @Test
    void onlyASharedWebhookHasSecretsOfCustomers() {
        client.post("/triggers/" + open + "/customer-secret", new JsonObject().put("customerId", first)).problem(409);
        client.post("/triggers/" + keyed + "/customer-secret", new JsonObject().put("customerId", "nobody")).problem(422);
        client.post("/triggers/" + UUID.randomUUID() + "/customer-secret", new JsonObject().put("customerId", first)).problem(404);
        String own = client.webhook("shared-" + run, auth("api_key").put("customerId",
                client.get("/customers/" + first).expect(200).json().getString("id"))).getString("id");
        client.post("/triggers/" + own + "/customer-secret", new JsonObject().put("customerId", first)).problem(409);
        is(first, client, stranger.with("x-fastn-customer-id", second).with("x-fastn-key", SECRET).event(own, "{}"));
    }
}
