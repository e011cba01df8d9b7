package dev.sluice.executor.dispatcher;

import dev.sluice.config.definition.RetryPolicy;
import dev.sluice.config.definition.Tier;
import dev.sluice.config.definition.WorkflowVersion;
import dev.sluice.config.definition.WorkflowVersions;
import dev.sluice.config.json.InvalidFieldException;
import dev.sluice.config.json.RawJson;
import dev.sluice.config.log.Causes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Turns a claimed row of the queue into an execution that can run. */
final class ClaimedExecutions {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimedExecutions.class);

    private final WorkflowVersions versions;

    ClaimedExecutions(WorkflowVersions versions) {
        this.versions = versions;
    }

    /** A claimed execution, and why it cannot run, or null if it can. */
    record Claimed(Execution execution, @Nullable String impossible) {}

    /** Fails only if the database does; what cannot be read for its content is claimed as impossible. */
    Future<Claimed> read(Row row) {
        UUID workflowId = row.getUUID("workflow_id");
        String slug = row.getString("workflow_slug");
        int number = row.getInteger("version");
        WorkflowVersion unknown = new WorkflowVersion(workflowId, slug, number, Tier.STANDARD,
                Tier.STANDARD.standard(), RetryPolicy.NEVER, "");
        return versions.find(row.getUUID("organization_id"), workflowId, slug, number)
                .map(version -> version == null
                        ? impossible(row, unknown, "workflow '%s' was deleted".formatted(slug))
                        : runnable(row, version))
                .recover(failure -> isAboutContent(failure)
                        ? Future.succeededFuture(impossible(row, unknown, "version %d of workflow '%s' cannot be read"
                                .formatted(number, slug)))
                        : Future.failedFuture(failure));
    }

    /** What the database has answered cannot be understood: it would be the same answer again. */
    private static boolean isAboutContent(Throwable failure) {
        return failure instanceof InvalidFieldException
                || failure instanceof IllegalArgumentException
                || failure instanceof ClassCastException
                || failure instanceof NullPointerException
                || failure instanceof DateTimeException;
    }

    private static Claimed runnable(Row row, WorkflowVersion version) {
        Buffer stored = row.getBuffer("body");
        if (stored == null) {
            return impossible(row, version, "the event is no longer kept");
        }
        try {
            EventDetails details = EventDetails.ofJson(row.getString("event_details"));
            Map<String, String> routeHeaders = new HashMap<>();
            new RawJson(row.getString("route_headers")).members()
                    .forEach((name, value) -> routeHeaders.put(name, String.valueOf(value.string())));
            return new Claimed(execution(row, version, EventHeaders.ofJson(details.headers()), routeHeaders,
                    details.body(stored)), null);
        } catch (RuntimeException e) {
            LOG.warn("execution {} cannot run, for its event cannot be read: {}", row.getUUID("id"), Causes.of(e));
            return impossible(row, version, "the event cannot be read");
        }
    }

    private static Claimed impossible(Row row, WorkflowVersion version, String reason) {
        return new Claimed(execution(row, version, EventHeaders.NONE, Map.of(), Buffer.buffer()), reason);
    }

    private static Execution execution(Row row, WorkflowVersion workflow, EventHeaders headers,
            Map<String, String> routeHeaders, Buffer body) {
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
