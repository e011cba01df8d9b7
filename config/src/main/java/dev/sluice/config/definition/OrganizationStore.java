package dev.sluice.config.definition;

import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.postgres.Tenant;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

import java.util.Locale;
import java.util.UUID;

/** Organizations and their API keys in the database. */
public final class OrganizationStore {
    private final Postgres postgres;

    /** Organizations in this database. */
    public OrganizationStore(Postgres postgres) {
        this.postgres = postgres;
    }

    /** A key about to be stored; only its digest and its first characters are. */
    public record NewKey(UUID id, ApiKey.Mode mode, String key) {
        @Override
        public String toString() {
            return "NewKey[id=" + id + ", mode=" + mode + "]";
        }
    }

    /** Whether there is any organization yet. */
    public Future<Boolean> isEmpty() {
        return postgres.snapshot().query("SELECT FROM organizations LIMIT 1").execute().map(rows -> rows.size() == 0);
    }

    /** Whether there is an organization of this id. */
    public Future<Boolean> exists(UUID id) {
        return postgres.snapshot().preparedQuery("SELECT FROM organizations WHERE organization_id = $1")
                .execute(Tuple.of(id)).map(rows -> rows.size() == 1);
    }

    /** Creates an organization with one key of each mode. */
    public Future<Void> create(UUID id, String slug, String name, String plan, NewKey live, NewKey test) {
        Tenant tenant = Tenant.of(id);
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("INSERT INTO organizations (organization_id, slug, name, plan_id) VALUES ($1, $2, $3, $4)")
                .execute(Tuple.of(id, slug, name, plan))
                .compose(created -> addKey(connection, id, live))
                .compose(added -> addKey(connection, id, test)));
    }

    /** Adds keys to an organization that has none that anybody knows. */
    public Future<Void> addKeys(UUID organizationId, NewKey live, NewKey test) {
        return Tenant.of(organizationId).transaction(postgres, connection ->
                addKey(connection, organizationId, live).compose(added -> addKey(connection, organizationId, test)));
    }

    /** Puts an organization on a plan; answers whether both are there. */
    public Future<Boolean> changePlan(UUID organizationId, String plan) {
        return Tenant.of(organizationId).transaction(postgres, connection -> connection
                .preparedQuery("UPDATE organizations SET plan_id = $1 WHERE $1 IN (SELECT id FROM plans)")
                .execute(Tuple.of(plan))
                .map(rows -> rows.rowCount() == 1));
    }

    private static Future<Void> addKey(SqlConnection connection, UUID organizationId, NewKey key) {
        return connection.preparedQuery(
                        "INSERT INTO api_keys (id, organization_id, mode, prefix, sha256) VALUES ($1, $2, $3, $4, $5)")
                .execute(Tuple.of(key.id(), organizationId, key.mode().name().toLowerCase(Locale.ROOT),
                        key.key().substring(0, 12), Buffer.buffer(Sha256.of(key.key()).digest())))
                .mapEmpty();
    }
}
