package dev.sluice.config.definition;

import dev.sluice.config.json.ExactJson;
import dev.sluice.config.json.Fields;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.postgres.Tenant;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Triggers of a tenant in the database. Secrets go in and never come out here. */
public final class TriggerStore {
    private static final String COLUMNS = "id, customer_id, definition::text AS definition, created_at, updated_at";

    private static final long MAX_TRIGGERS = 10_000;
    private static final long MAX_FILTER_WEIGHT = 4_000_000;

    private final Postgres postgres;

    /** Triggers in this database. */
    public TriggerStore(Postgres postgres) {
        this.postgres = postgres;
    }

    /** A trigger as saved, without its secret. */
    public record Saved(UUID id, @Nullable UUID customerId, TriggerDraft draft, OffsetDateTime createdAt,
            OffsetDateTime updatedAt) {}

    /**
     * A trigger to be saved.
     *
     * @param secret null keeps the one it has
     * @param filterWeight what its filters take of the room that all filters of the organization share
     */
    @SuppressWarnings("ArrayRecordComponent") // key material, never compared
    public record Change(UUID id, @Nullable UUID customerId, TriggerDraft draft, byte @Nullable [] secret, long filterWeight) {
        @Override
        public String toString() {
            return "Change[id=" + id + "]";
        }
    }

    /**
     * Saves a new trigger. Fails with a unique violation if the id is taken: it stays with the organization that had it
     * first, however long its trigger has been deleted.
     */
    public Future<Void> create(Tenant tenant, Change change) {
        return tenant.transaction(postgres, connection -> connection.preparedQuery("""
                        INSERT INTO triggers (id, organization_id, customer_id, type, name, definition, auth_secret, filter_weight)
                        VALUES ($1, $2, $3, 'webhook', $4, $5::text::jsonb, $6, $7)""")
                .execute(Tuple.of(change.id(), tenant.organizationId(), change.customerId(), change.draft().name(),
                        change.draft().toJson().encode(), buffer(change.secret()), change.filterWeight()))
                .compose(inserted -> withinBounds(connection)));
    }

    /** Replaces a trigger; answers whether it was there. */
    public Future<Boolean> update(Tenant tenant, Change change) {
        return tenant.transaction(postgres, connection -> connection.preparedQuery("""
                        UPDATE triggers SET customer_id = $2, name = $3, definition = $4::text::jsonb,
                            auth_secret = coalesce($5, auth_secret), filter_weight = $6, updated_at = now() WHERE id = $1""")
                .execute(Tuple.of(change.id(), change.customerId(), change.draft().name(), change.draft().toJson().encode(),
                        buffer(change.secret()), change.filterWeight()))
                .compose(updated -> withinBounds(connection).map(updated.rowCount() == 1)));
    }

    /** Every node has all triggers in memory. */
    private static Future<Void> withinBounds(SqlConnection connection) {
        return connection.query("SELECT count(*), coalesce(sum(filter_weight), 0)::bigint FROM triggers").execute()
                .compose(rows -> {
                    Row all = rows.iterator().next();
                    if (all.getLong(0) > MAX_TRIGGERS) {
                        throw new InvalidDefinitionException(
                                "routes", "an organization may have at most %d triggers".formatted(MAX_TRIGGERS));
                    }
                    if (all.getLong(1) > MAX_FILTER_WEIGHT) {
                        throw new InvalidDefinitionException("routes",
                                "the filters of all triggers together weigh %d, of values and cost; at most %d are allowed"
                                        .formatted(all.getLong(1), MAX_FILTER_WEIGHT));
                    }
                    return Future.succeededFuture();
                });
    }

    /** The trigger, or null. */
    public Future<@Nullable Saved> find(Tenant tenant, UUID id) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("SELECT " + COLUMNS + " FROM triggers WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0 ? null : saved(rows.iterator().next())));
    }

    /** Triggers by id, from after an id on. */
    public Future<List<Saved>> list(Tenant tenant, UUID afterId, int limit) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("SELECT " + COLUMNS + " FROM triggers WHERE id > $1 ORDER BY id LIMIT $2")
                .execute(Tuple.of(afterId, limit))
                .map(rows -> {
                    List<Saved> found = new ArrayList<>();
                    rows.forEach(row -> found.add(saved(row)));
                    return found;
                }));
    }

    /** Deletes a trigger; answers whether it was there. */
    public Future<Boolean> delete(Tenant tenant, UUID id) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("DELETE FROM triggers WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.rowCount() == 1));
    }

    private static @Nullable Buffer buffer(byte @Nullable [] secret) {
        return secret == null ? null : Buffer.buffer(secret);
    }

    private static Saved saved(Row row) {
        return new Saved(row.getUUID("id"), row.getUUID("customer_id"),
                TriggerDraft.read(new Fields(ExactJson.object(row.getString("definition")))),
                row.getOffsetDateTime("created_at"), row.getOffsetDateTime("updated_at"));
    }
}
