package dev.sluice.gateway.ingress;

import dev.sluice.gateway.http.QuotaRefusals;
import dev.sluice.quota.Admission;
import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Answers refused requests after what else there is to do: a few in each turn of the event loop, so that a flood of them
 * makes no turn long for the events that are admitted, and none while such events wait for the quota's or the journal's
 * answer, for up to {@link #PATIENCE}. A sender that waits for its answer sends no faster than it gets them.
 * Bounded by the requests that are open.
 */
final class Refusing {
    private static final Logger LOG = LoggerFactory.getLogger(Refusing.class);
    private static final int IN_ONE_TURN = 8;
    private static final Duration PATIENCE = Duration.ofMillis(10);
    private static final int MAX_WAITING = 1_000;
    /** Whole milliseconds: for less the event loop would spin. */
    private static final long LOOK_AGAIN_NANOS = 1_000_000;
    /** Not execute(): the loop runs what is executed before it reads from connections again. */
    private static final long NEXT_TURN_NANOS = 1;

    private record Waiting(HttpServerResponse response, Admission admission, long since) {}

    private final EventLoop loop;
    private final Underway underway;
    private final long patienceNanos;
    private final int maxWaiting;
    private final QuotaRefusals refusals = new QuotaRefusals();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean scheduled;

    Refusing(EventLoop loop, Underway underway) {
        this(loop, underway, PATIENCE, MAX_WAITING);
    }

    /**
     * Refusals on one event loop.
     *
     * @param patience how long the oldest gives way to events
     * @param maxWaiting from so many on they are answered, whatever else there is to do
     */
    Refusing(EventLoop loop, Underway underway, Duration patience, int maxWaiting) {
        this.loop = loop;
        this.underway = underway;
        this.patienceNanos = patience.toNanos();
        this.maxWaiting = maxWaiting;
    }

    void add(HttpServerResponse response, Admission admission) {
        waiting.add(new Waiting(response, admission, System.nanoTime()));
        if (!scheduled) {
            scheduled = true;
            loop.execute(this::answer);
        }
    }

    /** One that cannot be answered must not keep the others from it. */
    private void answerOne(Waiting next) {
        try {
            if (!next.response().closed()) {
                refusals.refuse(next.response(), next.admission());
            }
        } catch (RuntimeException e) {
            LOG.error("a refusal could not be answered", e);
        }
    }

    private void answer() {
        for (int i = 0; i < IN_ONE_TURN; i++) {
            Waiting next = waiting.peek();
            if (next == null) {
                scheduled = false;
                return;
            }
            if (givesWay(next)) {
                answerIn(LOOK_AGAIN_NANOS);
                return;
            }
            answerOne(waiting.remove());
        }
        answerIn(NEXT_TURN_NANOS);
    }

    private boolean givesWay(Waiting next) {
        return underway.any() && waiting.size() < maxWaiting && System.nanoTime() - next.since() < patienceNanos;
    }

    private void answerIn(long nanos) {
        var _ = loop.schedule(this::answer, nanos, TimeUnit.NANOSECONDS);
    }
}
