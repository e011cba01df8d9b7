package dev.sluice.config.definition;

import dev.sluice.config.json.ExactJson;
import dev.sluice.config.json.Fields;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.postgres.Tenant;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Triggers of a tenant in the database. Secrets go in and never come out here. */
public final class TriggerStore {
    private static final String COLUMNS = "id, customer_id, definition::text AS definition, created_at, updated_at";

    private final Postgres postgres;

    /** Triggers in this database. */
    public TriggerStore(Postgres postgres) {
        this.postgres = postgres;
    }

    /** A trigger as saved, without its secret. */
    public record Saved(UUID id, @Nullable UUID customerId, TriggerDraft draft, OffsetDateTime createdAt,
            OffsetDateTime updatedAt) {}

    /** Saves a new trigger. Fails with a unique violation if the id is taken. */
    public Future<Void> create(
            Tenant tenant, UUID id, @Nullable UUID customerId, TriggerDraft draft, byte @Nullable [] secret) {
        return tenant.transaction(postgres, connection -> connection.preparedQuery("""
                        INSERT INTO triggers (id, organization_id, customer_id, type, name, definition, auth_secret)
                        VALUES ($1, $2, $3, 'webhook', $4, $5::text::jsonb, $6)""")
                .execute(Tuple.of(id, tenant.organizationId(), customerId, draft.name(), draft.toJson().encode(),
                        buffer(secret)))
                .mapEmpty());
    }

    /** Replaces a trigger; a null secret keeps the one it has. Answers whether it was there. */
    public Future<Boolean> update(
            Tenant tenant, UUID id, @Nullable UUID customerId, TriggerDraft draft, byte @Nullable [] secret) {
        return tenant.transaction(postgres, connection -> connection.preparedQuery("""
                        UPDATE triggers SET customer_id = $2, name = $3, definition = $4::text::jsonb,
                            auth_secret = coalesce($5, auth_secret), updated_at = now() WHERE id = $1""")
                .execute(Tuple.of(id, customerId, draft.name(), draft.toJson().encode(), buffer(secret)))
                .map(rows -> rows.rowCount() == 1));
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
