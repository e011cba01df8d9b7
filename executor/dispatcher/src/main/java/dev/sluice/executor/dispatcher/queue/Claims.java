package dev.sluice.executor.dispatcher.queue;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

import java.util.UUID;

/** Takes leases on due executions, fairly between tenants. */
final class Claims {
    /**
     * Walks the tenants that have something due by an index (a loose index scan, PostgreSQL wiki "Loose indexscan"), takes
     * the oldest of each, and serves them round by round: one of every tenant before the second of any.
     */
    private static final String CLAIM = """
            WITH RECURSIVE tenant AS (
                (SELECT tenant_id FROM queue WHERE node_id IS NULL ORDER BY tenant_id LIMIT 1)
                UNION ALL
                SELECT (SELECT queue.tenant_id FROM queue
                        WHERE node_id IS NULL AND queue.tenant_id > tenant.tenant_id ORDER BY queue.tenant_id LIMIT 1)
                FROM tenant WHERE tenant.tenant_id IS NOT NULL
            ), candidate AS (
                SELECT due.id FROM tenant CROSS JOIN LATERAL (
                    SELECT oldest.id, row_number() OVER (ORDER BY oldest.run_at) AS round FROM (
                        SELECT q.id, q.run_at FROM queue q
                        WHERE q.node_id IS NULL AND q.tenant_id = tenant.tenant_id AND q.run_at <= now()
                          AND (q.sequence_key IS NULL OR NOT EXISTS (
                              SELECT FROM queue earlier
                              WHERE earlier.sequence_key = q.sequence_key AND earlier.id < q.id))
                        ORDER BY q.run_at LIMIT $2) oldest) due
                WHERE tenant.tenant_id IS NOT NULL
                ORDER BY due.round LIMIT $2
            ), free AS (
                SELECT id FROM queue WHERE id IN (SELECT id FROM candidate) AND node_id IS NULL FOR UPDATE SKIP LOCKED
            ), claimed AS (
                UPDATE queue SET node_id = $1, leased_at = now(), lease = lease + 1
                FROM free WHERE queue.id = free.id RETURNING queue.*
            )
            SELECT claimed.id, claimed.organization_id, claimed.customer_id, claimed.event_id, claimed.event_received_at,
                   claimed.trigger_id, claimed.workflow_id, claimed.workflow_slug, claimed.version, claimed.triggered_by,
                   claimed.headers::text AS route_headers, claimed.dead_letter, claimed.sequence_key, claimed.attempt,
                   claimed.losses, claimed.lease, events.headers::text AS event_headers, events.body
            FROM claimed LEFT JOIN events
                ON events.received_at = claimed.event_received_at AND events.id = claimed.event_id""";

    /**
     * Gives back what is leased to a node that is silent or gone. The second condition also finds leases written by a node
     * after it was struck off.
     */
    private static final String RESCUE = """
            WITH silent AS (
                DELETE FROM nodes WHERE heartbeat_at < now() - $1::bigint * interval '1 millisecond' RETURNING id
            )
            UPDATE queue SET node_id = NULL, leased_at = NULL, run_at = now()
            WHERE node_id IS NOT NULL
              AND (node_id IN (SELECT id FROM silent) OR NOT EXISTS (SELECT FROM nodes WHERE nodes.id = node_id))""";

    private final Pool pool;

    Claims(Pool pool) {
        this.pool = pool;
    }

    /** At most {@code limit} executions, each leased to the node. */
    Future<RowSet<Row>> claim(UUID node, int limit) {
        return pool.preparedQuery(CLAIM).execute(Tuple.of(node, limit));
    }

    /** How many leases of silent nodes were given back. */
    Future<Integer> rescue(long silentMillis) {
        return pool.preparedQuery(RESCUE).execute(Tuple.of(silentMillis)).map(RowSet::rowCount);
    }
}
