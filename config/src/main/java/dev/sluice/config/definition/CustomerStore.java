package dev.sluice.config.definition;

import dev.sluice.config.json.ExactJson;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.postgres.Tenant;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Customers of an organization in the database. A customer is named by its id or its slug. */
public final class CustomerStore {
    private static final String COLUMNS = "id, slug, name, status, limits::text AS limits, created_at";

    private final Postgres postgres;

    /** Customers in this database. */
    public CustomerStore(Postgres postgres) {
        this.postgres = postgres;
    }

    /**
     * A customer as saved.
     *
     * @param override the limits it has of its own, over the plan's
     */
    public record Saved(UUID id, String slug, String name, String status, Limits override, OffsetDateTime createdAt) {}

    /** Saves a new customer. Fails with a unique violation if the slug is taken. */
    public Future<Void> create(Tenant tenant, UUID id, String slug, String name, Limits override) {
        return tenant.transaction(postgres, connection -> connection.preparedQuery("""
                        INSERT INTO customers (id, organization_id, slug, name, limits)
                        VALUES ($1, $2, $3, $4, $5::text::jsonb)""")
                .execute(Tuple.of(id, tenant.organizationId(), slug, name, override.toJson().encode()))
                .mapEmpty());
    }

    /** Replaces name and status; answers whether the customer was there. */
    public Future<Boolean> update(Tenant tenant, UUID id, String name, boolean active) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("UPDATE customers SET name = $2, status = $3 WHERE id = $1")
                .execute(Tuple.of(id, name, active ? "active" : "inactive"))
                .map(rows -> rows.rowCount() == 1));
    }

    /** Replaces the limits it has of its own; answers whether the customer was there. */
    public Future<Boolean> override(Tenant tenant, UUID id, Limits override) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("UPDATE customers SET limits = $2::text::jsonb WHERE id = $1")
                .execute(Tuple.of(id, override.toJson().encode()))
                .map(rows -> rows.rowCount() == 1));
    }

    /** The customer, or null. What has the form of an id is never a slug. */
    public Future<@Nullable Saved> find(Tenant tenant, String idOrSlug) {
        Tuple name = Names.idAndSlug(idOrSlug);
        return name == null ? Future.succeededFuture() : tenant.transaction(postgres, connection -> connection
                .preparedQuery("SELECT " + COLUMNS + " FROM customers WHERE id = $1 OR slug = $2")
                .execute(name)
                .map(rows -> rows.size() == 0 ? null : saved(rows.iterator().next())));
    }

    /** Customers by slug, from after a slug on. */
    public Future<List<Saved>> list(Tenant tenant, String afterSlug, int limit) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("SELECT " + COLUMNS + " FROM customers WHERE slug > $1 ORDER BY slug LIMIT $2")
                .execute(Tuple.of(afterSlug, limit))
                .map(rows -> {
                    List<Saved> found = new ArrayList<>();
                    rows.forEach(row -> found.add(saved(row)));
                    return found;
                }));
    }

    /** Deletes a customer; answers whether it was there. Fails with a foreign key violation while triggers name it. */
    public Future<Boolean> delete(Tenant tenant, UUID id) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("DELETE FROM customers WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.rowCount() == 1));
    }

    private static Saved saved(Row row) {
        return new Saved(row.getUUID("id"), row.getString("slug"), row.getString("name"), row.getString("status"),
                Limits.fromJson(ExactJson.object(row.getString("limits"))), row.getOffsetDateTime("created_at"));
    }
}
