package dev.sluice.executor.dispatcher.queue;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

import java.util.UUID;

/** Executions that are stored many a row, until a node can run some of them. */
final class Backlog {
    /**
     * Walks tenants as a claim does, and moves the oldest rows of those into the queue that have less due there than the
     * claim could take: the queue is where fairness is decided, and stays small. A row has two executions at least, so that
     * the claim behind this comes back with a quarter of what it wants unless nothing is left.
     */
    private static final String UNPACK = """
            WITH RECURSIVE tenant AS (
                (SELECT tenant_id, 1 AS number FROM backlog WHERE tenant_id > $2 ORDER BY tenant_id LIMIT 1)
                UNION ALL
                SELECT next.tenant_id, tenant.number + 1 FROM tenant CROSS JOIN LATERAL (
                    SELECT b.tenant_id FROM backlog b WHERE b.tenant_id > tenant.tenant_id ORDER BY b.tenant_id LIMIT 1) next
                WHERE tenant.number < $1
            ), oldest AS MATERIALIZED (
                SELECT first.id FROM tenant CROSS JOIN LATERAL (
                    SELECT b.id FROM backlog b WHERE b.tenant_id = tenant.tenant_id
                    ORDER BY b.id LIMIT greatest(1, ($1 + 7) / 8 / (SELECT count(*) FROM tenant)) FOR UPDATE SKIP LOCKED) first
                WHERE $1 > (SELECT count(*) FROM (
                    SELECT FROM queue q WHERE q.tenant_id = tenant.tenant_id AND q.node_id IS NULL
                      AND q.sequence_key IS NULL AND q.run_at <= now() LIMIT $1) due)
            ), taken AS (
                DELETE FROM backlog WHERE id = ANY (ARRAY(SELECT id FROM oldest)) RETURNING *
            )
            INSERT INTO queue (id, created_at, organization_id, customer_id, tenant_id, event_id, event_page_id, trigger_id,
                               workflow_id, workflow_slug, version, tier, triggered_by, headers, dead_letter, run_at)
            SELECT waiting.id, uuid_extract_timestamp(waiting.id), organization_id, customer_id, tenant_id, waiting.event_id,
                   waiting.page_id, trigger_id, workflow_id, workflow_slug, version, tier, triggered_by, headers,
                   dead_letter, uuid_extract_timestamp(waiting.id)
            FROM taken CROSS JOIN LATERAL unnest(executions, events, pages) AS waiting (id, event_id, page_id)""";

    private final Pool pool;

    Backlog(Pool pool) {
        this.pool = pool;
    }

    /** Puts into the queue what a claim of so many, of the tenants behind one, should find there. */
    Future<Void> unpack(int limit, UUID after) {
        return pool.preparedQuery(UNPACK).execute(Tuple.of(limit, after)).mapEmpty();
    }
}
