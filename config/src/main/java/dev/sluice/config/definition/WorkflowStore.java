package dev.sluice.config.definition;

import dev.sluice.config.json.ExactJson;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.postgres.Tenant;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Workflows of a tenant in the database. A workflow is named by its id or its slug. */
public final class WorkflowStore {
    private static final String COLUMNS = """
            id, slug, name, draft::text AS draft, latest_version, deployed_version, created_at, updated_at""";
    private static final String NAMED = " FROM workflows WHERE id = $1 OR slug = $2";

    private final Postgres postgres;

    /** Workflows in this database. */
    public WorkflowStore(Postgres postgres) {
        this.postgres = postgres;
    }

    /**
     * A workflow as saved.
     *
     * @param deployedVersion the version that triggers run; null if none
     */
    public record Saved(UUID id, String slug, String name, WorkflowDraft draft, int latestVersion,
            @Nullable Integer deployedVersion, OffsetDateTime createdAt, OffsetDateTime updatedAt) {}

    /** Saves a new workflow, and publishes and deploys its first version unless it stays a draft. */
    public Future<Saved> create(Tenant tenant, UUID id, String slug, String name, WorkflowDraft draft, boolean publish) {
        return tenant.transaction(postgres, connection -> connection.preparedQuery("""
                        INSERT INTO workflows (id, organization_id, slug, name, draft)
                        VALUES ($1, $2, $3, $4, $5::text::jsonb)""")
                .execute(Tuple.of(id, tenant.organizationId(), slug, name, draft.toJson().encode()))
                .compose(inserted -> publish ? publish(connection, tenant, id) : Future.succeededFuture())
                .compose(done -> find(connection, id))
                .map(WorkflowStore::present));
    }

    /** Replaces name and draft, and publishes and deploys the draft unless it stays one; null if there is no such workflow. */
    public Future<@Nullable Saved> update(Tenant tenant, UUID id, String name, WorkflowDraft draft, boolean publish) {
        return tenant.transaction(postgres, connection -> connection.preparedQuery(
                        "UPDATE workflows SET name = $2, draft = $3::text::jsonb, updated_at = now() WHERE id = $1")
                .execute(Tuple.of(id, name, draft.toJson().encode()))
                .compose(updated -> publish && updated.rowCount() == 1
                        ? publish(connection, tenant, id)
                        : Future.succeededFuture())
                .compose(done -> find(connection, id)));
    }

    /** Publishes the draft as the next version and deploys it; null if there is no such workflow. */
    public Future<@Nullable Saved> publish(Tenant tenant, UUID id) {
        return tenant.transaction(postgres, connection ->
                publish(connection, tenant, id).compose(done -> find(connection, id)));
    }

    private static Future<Void> publish(SqlConnection connection, Tenant tenant, UUID id) {
        return connection.preparedQuery("""
                        WITH next AS (
                            UPDATE workflows
                            SET latest_version = latest_version + 1, deployed_version = latest_version + 1, updated_at = now()
                            WHERE id = $1 RETURNING id, latest_version, draft
                        )
                        INSERT INTO workflow_versions (workflow_id, organization_id, version, definition)
                        SELECT id, $2, latest_version, draft FROM next""")
                .execute(Tuple.of(id, tenant.organizationId()))
                .mapEmpty();
    }

    /** The workflow, or null. What has the form of an id is never a slug. */
    public Future<@Nullable Saved> find(Tenant tenant, String idOrSlug) {
        Tuple name = Names.idAndSlug(idOrSlug);
        return name == null ? Future.succeededFuture() : tenant.transaction(postgres, connection -> find(connection, name));
    }

    private static Future<@Nullable Saved> find(SqlConnection connection, UUID id) {
        return find(connection, Names.id(id));
    }

    private static Future<@Nullable Saved> find(SqlConnection connection, Tuple name) {
        return connection.preparedQuery("SELECT " + COLUMNS + NAMED).execute(name)
                .map(rows -> rows.size() == 0 ? null : saved(rows.iterator().next()));
    }

    /** Workflows by slug, from after a slug on. */
    public Future<List<Saved>> list(Tenant tenant, String afterSlug, int limit) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("SELECT " + COLUMNS + " FROM workflows WHERE slug > $1 ORDER BY slug LIMIT $2")
                .execute(Tuple.of(afterSlug, limit))
                .map(rows -> {
                    List<Saved> found = new ArrayList<>();
                    rows.forEach(row -> found.add(saved(row)));
                    return found;
                }));
    }

    /** Which of these slugs have a workflow. */
    public Future<Set<String>> known(Tenant tenant, Set<String> slugs) {
        return slugs.isEmpty() ? Future.succeededFuture(Set.of()) : tenant.transaction(postgres, connection -> connection
                .preparedQuery("SELECT slug FROM workflows WHERE slug = ANY ($1)")
                .execute(Tuple.of(slugs.toArray(String[]::new)))
                .map(rows -> {
                    Set<String> known = new HashSet<>();
                    rows.forEach(row -> known.add(row.getString(0)));
                    return known;
                }));
    }

    /** The names of triggers that send events to this workflow. */
    public Future<List<String>> routedFrom(Tenant tenant, String slug) {
        JsonObject route = new JsonObject().put("workflow", slug);
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("SELECT name FROM triggers WHERE definition -> 'routes' @> $1::text::jsonb LIMIT 10")
                .execute(Tuple.of("[" + route.encode() + "]"))
                .map(rows -> {
                    List<String> names = new ArrayList<>();
                    rows.forEach(row -> names.add(row.getString(0)));
                    return names;
                }));
    }

    /** Deletes a workflow with its versions; answers whether it was there. */
    public Future<Boolean> delete(Tenant tenant, UUID id) {
        return tenant.transaction(postgres, connection -> connection
                .preparedQuery("DELETE FROM workflows WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.rowCount() == 1));
    }

    private static Saved saved(Row row) {
        return new Saved(row.getUUID("id"), row.getString("slug"), row.getString("name"),
                WorkflowDraft.stored(ExactJson.object(row.getString("draft"))),
                row.getInteger("latest_version"), row.getInteger("deployed_version"),
                row.getOffsetDateTime("created_at"), row.getOffsetDateTime("updated_at"));
    }

    private static Saved present(@Nullable Saved saved) {
        if (saved == null) {
            throw new IllegalStateException("a row just written cannot be read");
        }
        return saved;
    }
}
