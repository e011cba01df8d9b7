package dev.sluice.executor.dispatcher.queue;

import dev.sluice.config.id.Uuid7;
import dev.sluice.config.log.Outage;
import dev.sluice.executor.dispatcher.batch.Bounds;
import dev.sluice.executor.dispatcher.batch.GroupCommit;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** This node's view of the queue: leases it takes, settles and loses. Its methods are called on its own event loop. */
public final class ExecutionQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionQueue.class);
    private static final int MAX_BATCH = 256;
    private static final long MAX_BATCH_BYTES = 8 << 20;
    private static final long RETRY_MS = 250;

    private final Outage silence = new Outage(LOG, "this node gives no heartbeat");
    private final Outage unsettled = new Outage(LOG, "ended executions wait for the database");
    private final Vertx vertx;
    private final Context context;
    private final Duration leaseTimeout;
    private final NodeRegistration registration;
    private final Claims claims;
    private final Settlements settlements;
    private final GroupCommit<Settlement, Boolean> commits;
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
        settlements = new Settlements(pool);
        commits = new GroupCommit<>(Runnable::run,
                new Bounds(1, MAX_BATCH, MAX_BATCH_BYTES, Integer.MAX_VALUE, Long.MAX_VALUE), Settlement::bytes, this::write);
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

    /** Answers whether the lease still held; keeps trying while the database is away. */
    public Future<Boolean> settle(Settlement settlement) {
        return commits.append(settlement);
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

    /** Each kind by itself: that one cannot be written says nothing of the others. */
    private Future<List<Boolean>> write(List<Settlement> batch) {
        IdentityHashMap<Settlement, Boolean> held = new IdentityHashMap<>();
        List<Future<?>> writes = new ArrayList<>();
        batch.stream().collect(Collectors.groupingBy(Settlement::getClass)).values().forEach(kind ->
                writes.add(writeKind(kind).map(answers -> {
                    for (int i = 0; i < answers.size(); i++) {
                        held.put(kind.get(i), answers.get(i));
                    }
                    return answers;
                })));
        return Future.all(writes).map(done ->
                batch.stream().map(settlement -> Objects.requireNonNull(held.get(settlement))).toList());
    }

    private Future<List<Boolean>> writeKind(List<Settlement> batch) {
        return settlements.write(registration.id(), batch).onSuccess(written -> unsettled.over()).recover(failure -> {
            if (!(failure instanceof PgException refused) || !isAboutData(refused)) {
                return writeLater(batch, failure);
            }
            return batch.size() == 1 ? writeUnstorable(batch.getFirst(), refused) : writeHalves(batch);
        });
    }

    private Future<List<Boolean>> writeLater(List<Settlement> batch, Throwable failure) {
        unsettled.failed("execution %s, the first of %d".formatted(batch.getFirst().id(), batch.size()), failure);
        Promise<List<Boolean>> later = Promise.promise();
        vertx.setTimer(RETRY_MS, tick -> writeKind(batch).onComplete(later));
        return later.future();
    }

    private Future<List<Boolean>> writeHalves(List<Settlement> batch) {
        int half = batch.size() / 2;
        return writeKind(batch.subList(0, half)).compose(left -> writeKind(batch.subList(half, batch.size())).map(right -> {
            List<Boolean> both = new ArrayList<>(left);
            both.addAll(right);
            return both;
        }));
    }

    /** What an attempt left behind cannot be stored; it fails with that, in words that surely can. */
    private Future<List<Boolean>> writeUnstorable(Settlement settlement, PgException refused) {
        Settlement storable = settlement.storable();
        if (storable.equals(settlement)) {
            return writeLater(List.of(settlement), refused);
        }
        LOG.error("execution {} cannot be settled as it ended: {}", settlement.id(), refused.getMessage());
        return writeKind(List.of(storable));
    }

    private static boolean isAboutData(PgException refused) {
        return refused.getSqlState().startsWith("22") || refused.getSqlState().startsWith("23");
    }
}
