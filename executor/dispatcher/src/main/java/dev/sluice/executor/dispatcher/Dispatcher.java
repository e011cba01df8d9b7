package dev.sluice.executor.dispatcher;

import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.WorkflowVersions;
import dev.sluice.executor.dispatcher.ClaimedExecutions.Claimed;
import dev.sluice.executor.dispatcher.queue.ExecutionQueue;
import dev.sluice.executor.dispatcher.queue.Settlement;
import dev.sluice.executor.dispatcher.sandbox.Sandboxes;
import dev.sluice.executor.sandbox.protocol.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * Brings executions to sandboxes and their endings to the queue. An execution comes either straight from the journal,
 * already leased and with a slot reserved, or is claimed from the queue when slots are free. Polling is the backstop for
 * every hint that gets lost.
 */
public final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int MAX_CLAIM = 64;
    private static final long POLL_MS = 250;
    private static final long DRAIN_POLL_MS = 20;

    private final Vertx vertx;
    private final Context context;
    private final ExecutionQueue queue;
    private final Sandboxes sandboxes;
    private final Invocations invocations;
    private final ClaimedExecutions claimedExecutions;
    private final Settling settling = new Settling(RandomGenerator.of("L64X128MixRandom"));
    private final DispatcherMetrics metrics = new DispatcherMetrics();
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;
    private final AtomicBoolean waking = new AtomicBoolean();
    private boolean claiming;
    private boolean wokenMeanwhile;
    /** The last claim may have left something due: a slot that comes free should not wait for the poll. */
    private volatile boolean moreDue;
    private long pollTimer = -1;

    /** A dispatcher that does nothing yet; the context is the event loop of the queue. */
    public Dispatcher(Vertx vertx, Context context, ExecutionQueue queue, Sandboxes sandboxes, Definitions definitions,
            WorkflowVersions versions) {
        this.vertx = vertx;
        this.context = context;
        this.queue = queue;
        this.sandboxes = sandboxes;
        this.invocations = new Invocations(definitions);
        this.claimedExecutions = new ClaimedExecutions(versions);
        queue.onExpelled(() -> running.forEach(sandboxes::cancel));
        queue.holding(() -> Set.copyOf(running));
    }

    /** Registers the node and starts taking work. */
    public Future<Void> start() {
        return queue.start().map(started -> {
            context.runOnContext(ignored -> pollTimer = vertx.setPeriodic(POLL_MS, tick -> claim()));
            return null;
        });
    }

    /** The id under which executions may be journalled as leased to this node. */
    public UUID nodeId() {
        return queue.nodeId();
    }

    /** Nodes that share the work, this one included. */
    public int nodes() {
        return queue.nodes();
    }

    /** What has been done. */
    public DispatcherMetrics metrics() {
        return metrics;
    }

    /** Executions in sandboxes now. */
    public int running() {
        return running.size();
    }

    /** Takes room for a number of executions, all or none; each must be given to {@link #run} or given back. */
    public boolean tryReserve(int count) {
        if (draining) {
            return false;
        }
        for (int taken = 0; taken < count; taken++) {
            if (!sandboxes.tryReserve()) {
                release(taken);
                return false;
            }
        }
        return true;
    }

    /** Gives room back. */
    public void release(int count) {
        for (int i = 0; i < count; i++) {
            sandboxes.release();
        }
    }

    /** Runs an execution that is leased to this node and has room reserved; any thread may call. */
    public Future<Ending> run(Execution execution) {
        Promise<Ending> ended = Promise.promise();
        running.add(execution.id());
        sandboxes.run(invocations.of(execution), execution.losses() > 0).whenComplete((outcome, failure) -> context.runOnContext(ignored -> {
            if (failure != null) {
                LOG.error("sandbox failed on execution {}", execution.id(), failure);
                Outcome lost = new Outcome.Lost("the sandbox failed", true);
                settle(execution, settling.settle(execution, lost), ended);
            } else {
                settle(execution, settling.settle(execution, outcome), ended);
            }
        }));
        return ended.future();
    }

    /** A hint that something may be due. It costs next to nothing when a claim is about to be made anyway. */
    public void wake() {
        if (!moreDue && waking.compareAndSet(false, true)) {
            context.runOnContext(ignored -> {
                waking.set(false);
                claim();
            });
        }
    }

    /**
     * Takes no new work, lets running executions finish for the grace time and gives the rest back to the queue.
     *
     * @param grace how long executions may go on
     */
    public Future<Void> drain(Duration grace) {
        draining = true;
        Promise<Void> drained = Promise.promise();
        long deadline = System.nanoTime() + grace.toNanos();
        context.runOnContext(ignored -> {
            vertx.cancelTimer(pollTimer);
            vertx.setPeriodic(DRAIN_POLL_MS, timer -> {
                if ((running.isEmpty() && !claiming) || System.nanoTime() > deadline) {
                    vertx.cancelTimer(timer);
                    queue.stop().onComplete(drained);
                }
            });
        });
        return drained.future();
    }

    private void settle(Execution execution, Settlement settlement, Promise<Ending> ended) {
        queue.settle(settlement).onSuccess(held -> {
            // Only now: a drain must not give back a lease whose settlement is under way.
            running.remove(execution.id());
            if (!held) {
                metrics.refused.increment();
                LOG.warn("execution {} ended after its lease was lost; its end is not counted", settlement.id());
            } else {
                count(settlement);
            }
            ended.complete(ending(settlement));
            if (moreDue || execution.sequenceKey() != null) {
                claim();
            }
        }).onFailure(ended::fail);
    }

    private void count(Settlement settlement) {
        switch (settlement) {
            case Settlement.Finished finished -> (switch (finished.status()) {
                case "completed" -> metrics.completed;
                case "timeout" -> metrics.timedOut;
                default -> metrics.failed;
            }).increment();
            case Settlement.Retried retried -> metrics.retried.increment();
            case Settlement.Released released when !released.delay().isZero() -> {
                // It had to wait and was not begun.
            }
            case Settlement.Released released -> metrics.lost.increment();
        }
    }

    private static Ending ending(Settlement settlement) {
        return settlement instanceof Settlement.Finished finished
                ? new Ending(finished.status(), finished.result(), finished.error())
                : new Ending("pending", null, null);
    }

    private void claim() {
        if (claiming || draining) {
            // What is due may be younger than what the claim under way can see.
            wokenMeanwhile = true;
            return;
        }
        int slots = 0;
        while (slots < MAX_CLAIM && sandboxes.tryReserve()) {
            slots++;
        }
        if (slots == 0) {
            moreDue = true;
            return;
        }
        claiming = true;
        wokenMeanwhile = false;
        moreDue = false;
        int reserved = slots;
        queue.claim(reserved).onComplete(claimed -> {
            claiming = false;
            if (claimed.failed()) {
                release(reserved);
                LOG.warn("cannot claim executions: {}", claimed.cause().getMessage());
                return;
            }
            if (draining) {
                // Stopping the queue gives them back.
                release(reserved);
                return;
            }
            int count = claimed.result().size();
            release(reserved - count);
            metrics.claimed.add(count);
            for (Row row : claimed.result()) {
                start(row);
            }
            moreDue = wokenMeanwhile || count * 4 >= reserved;
            if (moreDue) {
                claim();
            }
        });
    }

    private void start(Row row) {
        claimedExecutions.read(row).onComplete(read -> {
            @Nullable Claimed claimed = read.result();
            if (claimed == null) {
                release(1);
                queue.settle(new Settlement.Released(row.getUUID("id"), row.getLong("lease"), false));
            } else if (claimed.impossible() != null) {
                release(1);
                settle(claimed.execution(), Settling.impossible(claimed.execution(), claimed.impossible()),
                        Promise.promise());
            } else {
                run(claimed.execution());
            }
        });
    }
}
