package dev.sluice.gateway.running;

import dev.sluice.config.definition.ApiKey;
import dev.sluice.config.definition.OrganizationStore;
import dev.sluice.config.definition.OrganizationStore.NewKey;
import dev.sluice.config.id.Uuid7;
import dev.sluice.config.postgres.Postgres;
import io.vertx.core.Vertx;

import java.util.UUID;

/** Makes organizations in a node's database, for which the API has no way yet. */
final class Organizations {
    private Organizations() {}

    /** Answers the live key of a new organization. */
    static String create(String postgresUri, String plan) {
        Vertx vertx = Vertx.vertx();
        Uuid7 ids = new Uuid7();
        UUID id = ids.next();
        String live = "fsk_live_" + UUID.randomUUID();
        try (Postgres postgres = new Postgres(vertx, postgresUri, 1, 1)) {
            new OrganizationStore(postgres).create(id, "o-" + id, "An organization", plan,
                    new NewKey(ids.next(), ApiKey.Mode.LIVE, live),
                    new NewKey(ids.next(), ApiKey.Mode.TEST, "fsk_test_" + UUID.randomUUID())).await();
            return live;
        } finally {
            vertx.close().await();
        }
    }
}
