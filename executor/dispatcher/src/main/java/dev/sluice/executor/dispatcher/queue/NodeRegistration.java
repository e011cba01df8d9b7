package dev.sluice.executor.dispatcher.queue;

import dev.sluice.config.id.Uuid7;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

import java.util.UUID;

/**
 * This node's place among the nodes. A registration is never renewed once lost: the node takes a new id, and everything
 * leased under the old one belongs to others.
 */
final class NodeRegistration {
    private final Pool pool;
    private final Uuid7 ids;
    private final UUID instance;
    private volatile UUID id;
    private volatile int nodes = 1;

    /**
     * Not registered yet.
     *
     * @param instance names the place this node runs in, of which there can be only one at a time: whatever was
     *     registered under it before is known to be gone
     */
    NodeRegistration(Pool pool, Uuid7 ids, UUID instance) {
        this.pool = pool;
        this.ids = ids;
        this.instance = instance;
        this.id = ids.next();
    }

    /** The id leases are taken under now. */
    UUID id() {
        return id;
    }

    /** Registers under a new id and strikes off any other of the same instance. */
    Future<Void> register() {
        UUID next = ids.next();
        return pool.preparedQuery("""
                        WITH before AS (DELETE FROM nodes WHERE instance_id = $2)
                        INSERT INTO nodes (id, instance_id) VALUES ($1, $2)""")
                .execute(Tuple.of(next, instance))
                .compose(done -> {
                    id = next;
                    // Only now is there somebody to count: one that took itself for alone would use up what is shared.
                    return heartbeat();
                })
                .mapEmpty();
    }

    /** Says that this node lives; answers false if it was struck off meanwhile. */
    Future<Boolean> heartbeat() {
        return pool.preparedQuery("""
                        UPDATE nodes SET heartbeat_at = now() WHERE id = $1
                        RETURNING (SELECT count(*)::int FROM nodes) AS nodes""")
                .execute(Tuple.of(id))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return false;
                    }
                    nodes = rows.iterator().next().getInteger("nodes");
                    return true;
                });
    }

    /** Nodes that were registered at the last heartbeat, this one included. */
    int nodes() {
        return nodes;
    }

    /** Strikes this node off. */
    Future<Void> deregister() {
        return pool.preparedQuery("DELETE FROM nodes WHERE id = $1").execute(Tuple.of(id)).mapEmpty();
    }
}
