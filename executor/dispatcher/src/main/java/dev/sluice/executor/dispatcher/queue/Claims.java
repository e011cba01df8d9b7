package dev.sluice.executor.dispatcher.queue;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Takes leases on due executions, fairly between tenants. */
final class Claims {
    /**
     * Walks the tenants that have something due by an index (a loose index scan, PostgreSQL wiki "Loose indexscan"), a
     * bounded number of them from where the last claim ended, takes the oldest of each, and serves them round by round:
     * one of every tenant before the second of any. Of the executions that share a sequence key only the first counts,
     * and not even that while another of them runs. Looks at more than it takes, for some may be locked by other nodes, but of one
     * tenant among many at a quarter: a claim that comes back with less than that has left nothing.
     */
    private static final String CLAIM = """
            WITH RECURSIVE tenant AS (
                (SELECT tenant_id, 1 AS number FROM queue
                 WHERE node_id IS NULL AND sequence_key IS NULL AND tenant_id > $3 ORDER BY tenant_id LIMIT 1)
                UNION ALL
                SELECT next.tenant_id, tenant.number + 1 FROM tenant CROSS JOIN LATERAL (
                    SELECT q.tenant_id FROM queue q
                    WHERE q.node_id IS NULL AND q.sequence_key IS NULL AND q.tenant_id > tenant.tenant_id
                    ORDER BY q.tenant_id LIMIT 1) next
                WHERE tenant.number < $2
            ), head AS (
                (SELECT sequence_key, id, tenant_id, run_at, node_id FROM queue
                 WHERE sequence_key IS NOT NULL ORDER BY sequence_key, id LIMIT 1)
                UNION ALL
                SELECT next.* FROM head CROSS JOIN LATERAL (
                    SELECT q.sequence_key, q.id, q.tenant_id, q.run_at, q.node_id FROM queue q
                    WHERE q.sequence_key > head.sequence_key ORDER BY q.sequence_key, q.id LIMIT 1) next
            ), due AS (
                SELECT tenant.tenant_id, oldest.id, oldest.run_at FROM tenant CROSS JOIN LATERAL (
                    SELECT q.id, q.run_at FROM queue q
                    WHERE q.node_id IS NULL AND q.sequence_key IS NULL AND q.tenant_id = tenant.tenant_id
                      AND q.run_at <= now()
                    ORDER BY q.run_at LIMIT greatest(($2 + 3) / 4, 4 * $2 / (SELECT count(*) FROM tenant))) oldest
                UNION ALL
                SELECT head.tenant_id, head.id, head.run_at FROM head
                WHERE head.node_id IS NULL AND head.run_at <= now() AND NOT EXISTS (
                    SELECT FROM queue busy WHERE busy.sequence_key = head.sequence_key AND busy.node_id IS NOT NULL)
            ), candidate AS MATERIALIZED (
                SELECT id, row_number() OVER (PARTITION BY tenant_id ORDER BY run_at) AS round FROM due
                ORDER BY round LIMIT 4 * $2
            ), free AS MATERIALIZED (
                SELECT queue.id FROM candidate JOIN queue ON queue.id = candidate.id
                WHERE queue.node_id IS NULL AND queue.run_at <= now()
                ORDER BY candidate.round LIMIT $2 FOR UPDATE OF queue SKIP LOCKED
            ), claimed AS (
                UPDATE queue SET node_id = $1, leased_at = now(), lease = lease + 1
                WHERE queue.id = ANY (ARRAY(SELECT id FROM free)) RETURNING queue.*
            )
            SELECT claimed.id, claimed.organization_id, claimed.customer_id, claimed.event_id, claimed.trigger_id, claimed.workflow_id,
                   claimed.workflow_slug, claimed.version, claimed.triggered_by, claimed.headers::text AS route_headers, claimed.dead_letter, claimed.sequence_key, claimed.attempt,
                   claimed.losses, claimed.lease,
                   page.details[array_position(page.ids, claimed.event_id)] AS event_details,
                   page.bodies[array_position(page.ids, claimed.event_id)] AS body,
                   (SELECT tenant_id FROM tenant WHERE number = $2) AS last_tenant
            FROM claimed LEFT JOIN event_pages page
                ON page.received_at = uuid_extract_timestamp(claimed.event_page_id) AND page.id = claimed.event_page_id""";

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

    private static final String FORGOTTEN = """
            UPDATE queue SET node_id = NULL, leased_at = NULL, run_at = now()
            WHERE node_id = $1 AND id <> ALL ($2::uuid[])
              AND leased_at < now() - $3::bigint * interval '1 millisecond'""";

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Pool pool;
    private final Backlog backlog;
    /** Where the last walk ended because it had seen enough; before all if it saw every tenant. */
    private UUID lastTenant = BEFORE_ALL;

    Claims(Pool pool) {
        this.pool = pool;
        this.backlog = new Backlog(pool);
    }

    /** At most {@code limit} executions, each leased to the node. Not to be called again before it has answered. */
    Future<List<Row>> claim(UUID node, int limit) {
        UUID after = lastTenant;
        return claim(node, limit, after).compose(rows -> {
            // Behind the last tenant the walk begins anew, in the same claim: nobody waits for the next one.
            int missing = limit - rows.size();
            if (missing == 0 || after.equals(BEFORE_ALL)) {
                return Future.succeededFuture(rows);
            }
            return claim(node, missing, BEFORE_ALL).map(more -> {
                List<Row> both = new ArrayList<>(rows);
                both.addAll(more);
                return both;
            });
        });
    }

    private Future<List<Row>> claim(UUID node, int limit, UUID after) {
        return backlog.unpack(limit, after)
                .compose(unpacked -> pool.preparedQuery(CLAIM).execute(Tuple.of(node, limit, after)))
                .map(claimed -> {
            List<Row> rows = new ArrayList<>();
            claimed.forEach(rows::add);
            UUID last = rows.isEmpty() ? null : rows.getFirst().getUUID("last_tenant");
            lastTenant = last == null ? BEFORE_ALL : last;
            return rows;
        });
    }

    /** How many leases of the node older than this were given back, because it does not hold them. */
    Future<Integer> releaseForgotten(UUID node, Collection<UUID> held, long olderThanMillis) {
        return pool.preparedQuery(FORGOTTEN)
                .execute(Tuple.of(node, held.toArray(UUID[]::new), olderThanMillis))
                .map(RowSet::rowCount);
    }

    /** How many leases of silent nodes were given back. */
    Future<Integer> rescue(long silentMillis) {
        return pool.preparedQuery(RESCUE).execute(Tuple.of(silentMillis)).map(RowSet::rowCount);
    }
}
