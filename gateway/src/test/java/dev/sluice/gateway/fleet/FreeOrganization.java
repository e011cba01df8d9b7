package dev.sluice.gateway.fleet;

import dev.sluice.config.definition.CustomerSecret;
import dev.sluice.config.definition.Sha256;
import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.quota.testing.RedisProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** An organization on the free plan, with a webhook that all of its customers send to. */
public final class FreeOrganization {
    private static final String SECRET = "fleet-secret";

    private final ThreeGateways fleet;
    private final Client management;
    private final String webhook;
    private final UUID id;
    private int customers;

    /** Creates it. The plan allows its management few calls, so it is made once for many customers. */
    public FreeOrganization(ThreeGateways fleet) throws IOException, SQLException {
        this.fleet = fleet;
        management = fleet.gateways().getFirst().newOrganization("free");
        // Nothing runs: what is to be seen is who gets in.
        JsonObject route = new JsonObject().put("workflow", management.workflow("never", "return 1;"))
                .put("filter", new JsonObject().put("event_type", "never"));
        webhook = management.webhook("never", new JsonObject()
                .put("auth", new JsonObject().put("type", "api_key").put("secret", SECRET))
                .put("routes", new JsonArray().add(route))).getString("id");
        id = fleet.database().id("SELECT organization_id FROM triggers WHERE id = ?", UUID.fromString(webhook));
    }

    /** A new customer with the plan's limits. */
    public FreeCustomer customer() {
        return customer(new JsonObject());
    }

    /** A new customer with the plan's 500 events a day, but no limit a minute. */
    public FreeCustomer customerLimitedByDay() {
        return customer(new JsonObject().put("events_per_minute", new JsonObject().put("enforcement", "off")));
    }

    private FreeCustomer customer(JsonObject overrides) {
        String slug = "customer-" + ++customers;
        UUID customer = UUID.fromString(management.post("/customers", new JsonObject()
                .put("name", slug).put("slug", slug).put("limits", overrides)).expect(201).json().getString("id"));
        List<Client> senders = fleet.gateways().stream().map(RunningSluice::strangerClient)
                .map(client -> client.with("x-fastn-customer-id", slug)
                        .with("x-fastn-key", CustomerSecret.of(Sha256.of(SECRET).digest(), customer))).toList();
        // A gateway that knows webhook and customer complains of the body, and charges nothing.
        Awaitility.await("known to all gateways").until(() -> senders.stream().allMatch(
                sender -> sender.event(webhook, "{").status() == 400));
        return new FreeCustomer(customer, webhook, senders, fleet.database());
    }

    /** The master that keeps its counts now. */
    public RedisProcess master() {
        return fleet.redis().masterOf("{" + id + "}");
    }
}
