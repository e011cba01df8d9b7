package dev.sluice.executor.dispatcher;

import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.WorkflowVersions;
import dev.sluice.config.log.Causes;
import dev.sluice.config.log.Outage;
import dev.sluice.executor.dispatcher.ClaimedExecutions.Claimed;
import dev.sluice.executor.dispatcher.batch.DataRefusal;
import dev.sluice.executor.dispatcher.queue.ExecutionQueue;
import dev.sluice.executor.dispatcher.queue.Settlement;
import dev.sluice.executor.dispatcher.sandbox.Sandboxes;
import dev.sluice.executor.sandbox.protocol.Invocation;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    private static final long UNREADABLE_MS = 1_000;

    private final Outage unclaimed = new Outage(LOG, "executions cannot be claimed");
    private final Vertx vertx;
    private final Context context;
    private final ExecutionQueue queue;
    private final Sandboxes sandboxes;
    private final Invocations invocations;
    private final ClaimedExecutions claimedExecutions;
    private final Settling settling = new Settling(RandomGenerator.of("L64X128MixRandom"));
    private final DispatcherMetrics metrics = new DispatcherMetrics();
    private final InFlight inFlight = new InFlight();
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
        queue.onExpelled(() -> inFlight.ids().forEach(sandboxes::cancel));
        queue.holding(inFlight::ids);
    }

    /** Registers the node and starts taking work. */
    public Future<Void> start() {
        return queue.start().map(started -> {
            context.runOnContext(ignored -> pollTimer = vertx.setPeriodic(POLL_MS, tick -> {
                inFlight.releaseCallers();
                claim();
            }));
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

    /** Executions in sandboxes now, and those that have ended and are not stored yet. */
    public int running() {
        return inFlight.size();
    }

    /** For how long the oldest end of an execution has waited to be stored; 0 if none does. */
    public double oldestEndSeconds() {
        return inFlight.oldestEndSeconds();
    }

    /** Takes room for a number of executions, all or none; each must be given to {@link #run} or given back. */
    public boolean tryReserve(int count) {
        if (draining || queue.isFull()) {
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

    /**
     * Runs an execution that is leased to this node and has room reserved; any thread may call. The answer comes when the
     * end is stored, or fails when that takes longer than a caller should wait.
     */
    public Future<Ending> run(Execution execution) {
        InFlight.One one = inFlight.begin(execution.id());
        begin(execution).whenComplete((outcome, failure) -> {
            one.ended();
            context.runOnContext(ignored -> settle(execution, settlement(execution, outcome, failure), one));
        });
        return one.ending();
    }

    private CompletionStage<Outcome> begin(Execution execution) {
        Invocation invocation;
        try {
            invocation = invocations.of(execution);
        } catch (RuntimeException e) {
            release(1);
            return CompletableFuture.failedStage(new ImpossibleException(e));
        }
        try {
            return sandboxes.run(invocation, execution.losses() > 0);
        } catch (RuntimeException e) {
            release(1);
            return CompletableFuture.failedStage(e);
        }
    }

    /** What becomes of it, whatever happened: an execution that nobody settles is lost until the node ends. */
    private Settlement settlement(Execution execution, @Nullable Outcome outcome, @Nullable Throwable failure) {
        if (failure instanceof ImpossibleException impossible) {
            LOG.warn("execution {} cannot be given to a sandbox: {}", execution.id(), Causes.of(impossible));
            return Settling.impossible(execution, "the event cannot be given to a sandbox");
        }
        if (outcome == null) {
            LOG.error("sandbox failed on execution {} of organization {}: {}", execution.id(), execution.organizationId(),
                    failure == null ? "it says nothing" : Causes.of(failure));
            LOG.debug("execution {}", execution.id(), failure);
            return settling.settle(execution, new Outcome.Lost("the sandbox failed", true));
        }
        try {
            return settling.settle(execution, outcome);
        } catch (RuntimeException e) {
            LOG.warn("the end of execution {} cannot be written down: {}", execution.id(), Causes.of(e));
            return Settling.impossible(execution, "the end of the execution cannot be written down");
        }
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
                if ((inFlight.isEmpty() && !claiming) || System.nanoTime() > deadline) {
                    vertx.cancelTimer(timer);
                    queue.stop().onComplete(drained);
                }
            });
        });
        return drained.future();
    }

    private void settle(Execution execution, Settlement settlement, InFlight.One one) {
        queue.settle(settlement).onSuccess(settled -> {
            // Only now: a drain must not give back a lease whose settlement is under way.
            inFlight.settled(execution.id(), one);
            if (!settled.held()) {
                metrics.refused.increment();
                LOG.warn("execution {} of organization {} ended after its lease was lost; its end is not counted",
                        settlement.id(), execution.organizationId());
            } else {
                count(settled.as());
            }
            one.tell(ending(settled.as()));
            if (moreDue || execution.sequenceKey() != null) {
                claim();
            }
        });
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
            case Settlement.TakenOut takenOut -> metrics.failed.increment();
        }
    }

    private static Ending ending(Settlement settlement) {
        return switch (settlement) {
            case Settlement.Finished finished -> new Ending(finished.status(), finished.result(), finished.error());
            case Settlement.TakenOut takenOut -> new Ending("failed", null, Settlement.UNSTORABLE);
            case Settlement.Retried retried -> new Ending("pending", null, null);
            case Settlement.Released released -> new Ending("pending", null, null);
        };
    }

    private void claim() {
        if (claiming || draining || queue.isFull()) {
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
                unclaimed.failed(claimed.cause());
                return;
            }
            unclaimed.over();
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
                LOG.warn("execution {} cannot be read: {}", row.getUUID("id"), DataRefusal.inWords(read.cause()));
                release(1);
                // Not at once: what cannot be read now would be claimed again before anything has changed.
                vertx.setTimer(UNREADABLE_MS, tick ->
                        queue.settle(new Settlement.Released(row.getUUID("id"), row.getLong("lease"), false, null)));
            } else if (claimed.impossible() != null) {
                release(1);
                InFlight.One one = inFlight.begin(claimed.execution().id());
                one.ended();
                settle(claimed.execution(), Settling.impossible(claimed.execution(), claimed.impossible()), one);
            } else {
                run(claimed.execution());
            }
        });
    }

    /** An execution that is not fit to be given to any sandbox. */
    private static final class ImpossibleException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ImpossibleException(RuntimeException cause) {
            super(cause.toString(), cause, false, false);
        }
    }
}
