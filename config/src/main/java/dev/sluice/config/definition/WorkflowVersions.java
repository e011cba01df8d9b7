package dev.sluice.config.definition;

import dev.sluice.config.json.ExactJson;
import dev.sluice.config.postgres.Postgres;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Finds the version an execution was started with, which need not be the deployed one any more: in the snapshot, else in
 * a bounded cache, else in the database. Versions never change, so nothing here goes stale.
 */
public final class WorkflowVersions {
    private static final int MAX_CACHED = 500;
    private static final String READ = """
            SELECT slug, definition::text AS definition
            FROM workflow_versions JOIN workflows ON id = workflow_id WHERE workflow_id = $1 AND version = $2""";

    private record Key(UUID workflowId, int version) {}

    private final Postgres postgres;
    private final Definitions definitions;
    private final Map<Key, WorkflowVersion> cache =
            Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, WorkflowVersion> eldest) {
                    return size() > MAX_CACHED;
                }
            });

    /** An empty cache. */
    public WorkflowVersions(Postgres postgres, Definitions definitions) {
        this.postgres = postgres;
        this.definitions = definitions;
    }

    /** The version, or null if the workflow has been deleted since. */
    public Future<@Nullable WorkflowVersion> find(UUID organizationId, UUID workflowId, String slug, int version) {
        Organization organization = definitions.snapshot().organization(organizationId);
        WorkflowVersion deployed = organization == null ? null : organization.workflows().get(slug);
        if (deployed != null && deployed.workflowId().equals(workflowId) && deployed.version() == version) {
            return Future.succeededFuture(deployed);
        }
        Key key = new Key(workflowId, version);
        WorkflowVersion cached = cache.get(key);
        return cached != null ? Future.succeededFuture(cached) : read(key);
    }

    private Future<@Nullable WorkflowVersion> read(Key key) {
        return postgres.snapshot().preparedQuery(READ).execute(Tuple.of(key.workflowId(), key.version())).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            var row = rows.iterator().next();
            WorkflowVersion version = WorkflowDraft.stored(ExactJson.object(row.getString("definition")))
                    .version(key.workflowId(), row.getString("slug"), key.version());
            cache.put(key, version);
            return version;
        });
    }
}
