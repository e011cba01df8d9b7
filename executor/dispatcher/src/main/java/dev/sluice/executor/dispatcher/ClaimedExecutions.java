package dev.sluice.executor.dispatcher;

import dev.sluice.config.definition.RetryPolicy;
import dev.sluice.config.definition.Tier;
import dev.sluice.config.definition.WorkflowVersion;
import dev.sluice.config.definition.WorkflowVersions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Turns a claimed row of the queue into an execution that can run. */
final class ClaimedExecutions {
    private final WorkflowVersions versions;

    ClaimedExecutions(WorkflowVersions versions) {
        this.versions = versions;
    }

    /** A claimed execution, and why it cannot run, or null if it can. */
    record Claimed(Execution execution, @Nullable String impossible) {}

    Future<Claimed> read(Row row) {
        UUID workflowId = row.getUUID("workflow_id");
        String slug = row.getString("workflow_slug");
        int number = row.getInteger("version");
        return versions.find(row.getUUID("organization_id"), workflowId, slug, number).map(version -> {
            if (version == null) {
                WorkflowVersion gone = new WorkflowVersion(workflowId, slug, number, Tier.STANDARD,
                        Tier.STANDARD.standard(), RetryPolicy.NEVER, "");
                return new Claimed(execution(row, gone, EventHeaders.NONE, Buffer.buffer()), "workflow '%s' was deleted".formatted(slug));
            }
            Buffer stored = row.getBuffer("body");
            if (stored == null) {
                return new Claimed(execution(row, version, EventHeaders.NONE, Buffer.buffer()), "the event is no longer kept");
            }
            EventDetails details = EventDetails.ofJson(row.getString("event_details"));
            return new Claimed(
                    execution(row, version, EventHeaders.ofJson(details.headers()), details.body(stored)), null);
        });
    }

    private static Execution execution(Row row, WorkflowVersion workflow, EventHeaders headers, Buffer body) {
        Map<String, String> routeHeaders = new HashMap<>();
        new JsonObject(row.getString("route_headers"))
                .forEach(entry -> routeHeaders.put(entry.getKey(), String.valueOf(entry.getValue())));
        return new Execution(
                row.getUUID("id"),
                row.getUUID("organization_id"),
                row.getUUID("customer_id"),
                row.getUUID("event_id"),
                row.getUUID("trigger_id"),
                workflow,
                TriggeredBy.ofWireName(row.getString("triggered_by")),
                body,
                headers,
                routeHeaders,
                row.getBoolean("dead_letter"),
                row.getUUID("sequence_key"),
                row.getInteger("attempt"),
                row.getInteger("losses"),
                row.getLong("lease"));
    }
}
