package dev.sluice.executor.dispatcher.queue;

import dev.sluice.config.id.Uuid7;
import dev.sluice.config.log.Outage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** This node's view of the queue: leases it takes, settles and loses. Its methods are called on its own event loop. */
public final class ExecutionQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionQueue.class);

    private final Outage silence = new Outage(LOG, "this node gives no heartbeat");
    private final Vertx vertx;
    private final Context context;
    private final Duration leaseTimeout;
    private final NodeRegistration registration;
    private final Claims claims;
    private final SettlementWriter settlements;
    private Runnable expelled = () -> {};
    private @Nullable Supplier<? extends Collection<UUID>> running;
    private boolean stopped;
    private long heartbeatTimer = -1;

    /**
     * A queue that is not registered yet.
     *
     * @param context the event loop it lives on
     * @param instance names the place this node runs in, see {@link NodeRegistration}
     * @param leaseTimeout how long a node may be silent before it loses its executions
     */
    public ExecutionQueue(Vertx vertx, Context context, Pool pool, Uuid7 ids, UUID instance, Duration leaseTimeout) {
        this.vertx = vertx;
        this.context = context;
        this.leaseTimeout = leaseTimeout;
        registration = new NodeRegistration(pool, ids, instance);
        claims = new Claims(pool);
        settlements = new SettlementWriter(vertx, registration::id, new Settlements(pool));
    }

    /** Registers this node, rescues what silent nodes hold, and keeps doing both. */
    public Future<Void> start() {
        return registration.register()
                .compose(registered -> claims.rescue(leaseTimeout.toMillis()))
                .map(rescued -> {
                    logRescued(rescued);
                    context.runOnContext(ignored -> heartbeatTimer =
                            vertx.setPeriodic(leaseTimeout.toMillis() / 5, tick -> beat()));
                    return null;
                });
    }

    /** Called when this node was struck off: nothing it runs belongs to it any more. */
    public void onExpelled(Runnable action) {
        expelled = action;
    }

    /** Who knows what this node runs; leases of anything else are given back once they are old enough. */
    public void holding(Supplier<? extends Collection<UUID>> executions) {
        running = executions;
    }

    /** The id under which this node takes leases now; any thread may ask. */
    public UUID nodeId() {
        return registration.id();
    }

    /** Nodes that share the queue, this one included; any thread may ask. */
    public int nodes() {
        return registration.nodes();
    }

    /** Leases at most this many due executions to this node. */
    public Future<List<Row>> claim(int limit) {
        return claims.claim(registration.id(), limit);
    }

    /** Completes once what became of the execution is stored, or its lease is found to be lost; never fails. */
    public Future<Settled> settle(Settlement settlement) {
        return settlements.settle(settlement);
    }

    /** Whether so much that ended is not stored yet that nothing new should be run; any thread may ask. */
    public boolean isFull() {
        return settlements.isFull();
    }

    /** Gives every lease of this node back and strikes it off. */
    public Future<Void> stop() {
        stopped = true;
        vertx.cancelTimer(heartbeatTimer);
        return registration.deregister()
                .compose(gone -> claims.rescue(leaseTimeout.toMillis()))
                .mapEmpty();
    }

    private void beat() {
        registration.heartbeat()
                .onSuccess(alive -> settlements.databaseWorks())
                .compose(alive -> alive || stopped ? Future.succeededFuture(false) : registration.register().map(again -> true))
                .onSuccess(struckOff -> {
                    if (struckOff) {
                        LOG.warn("this node was silent for more than {} and lost its executions to others", leaseTimeout);
                        expelled.run();
                    }
                })
                .compose(alive -> claims.rescue(leaseTimeout.toMillis()))
                .onSuccess(ExecutionQueue::logRescued)
                .compose(rescued -> giveBackForgotten())
                .onSuccess(done -> silence.over())
                .onFailure(silence::failed);
    }

    /**
     * A connection that breaks may take with it the answer to a claim or an append that was committed: executions leased
     * to this node, of which it does not know. While it lives nobody else would take them.
     */
    private Future<Void> giveBackForgotten() {
        if (running == null) {
            return Future.succeededFuture();
        }
        return claims.releaseForgotten(registration.id(), running.get(), leaseTimeout.toMillis()).map(count -> {
            if (count > 0) {
                LOG.warn("gave back {} executions that were leased to this node without its knowing", count);
            }
            return null;
        });
    }

    private static void logRescued(int count) {
        if (count > 0) {
            LOG.info("rescued {} executions of nodes that are gone", count);
        }
    }
}
