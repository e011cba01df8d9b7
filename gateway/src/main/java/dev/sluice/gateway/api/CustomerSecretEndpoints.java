package dev.sluice.gateway.api;

import dev.sluice.config.definition.Customer;
import dev.sluice.config.definition.CustomerSecret;
import dev.sluice.config.definition.Trigger;
import dev.sluice.config.definition.WebhookAuth;
import dev.sluice.config.json.Fields;
import dev.sluice.gateway.http.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/** {@code /triggers/:id/customer-secret}: what one customer sends to a webhook with that all customers share. */
final class CustomerSecretEndpoints {
    void addTo(ApiRouter router) {
        router.route(HttpMethod.POST, "/triggers/:id/customer-secret", this::show);
    }

    private Reply show(ApiCall call) {
        Fields fields = call.fields();
        String named = fields.text("customerId", 63);
        fields.rejectOthers();
        Customer customer = call.organization().customer(named);
        if (customer == null) {
            throw fields.invalid("customerId", "there is no customer with the id or slug '%s'".formatted(named));
        }
        Trigger trigger = call.organization().triggers().get(call.uuid("trigger"));
        if (trigger == null) {
            throw call.notFound("trigger").asException();
        }
        if (trigger.customerId() != null) {
            throw Problem.of(409, "the webhook belongs to one customer, which sends with the webhook's own secret").asException();
        }
        return Reply.ok(new JsonObject()
                .put("customerId", customer.id().toString())
                .put("secret", CustomerSecret.of(key(trigger.auth()), customer.id())));
    }

    private static byte[] key(WebhookAuth auth) {
        return switch (auth) {
            case WebhookAuth.None none -> throw Problem.of(409,
                    "the webhook is open to everybody; give it an authentication first").asException();
            case WebhookAuth.ApiKey(var sha256) -> sha256;
            case WebhookAuth.Hmac hmac -> hmac.secret();
        };
    }
}
