package dev.sluice.gateway.ingress;

import dev.sluice.gateway.http.QuotaRefusals;
import dev.sluice.quota.Admission;
import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Answers refused requests after what else there is to do: a few in each turn of the event loop, so that a flood of them
 * makes no turn long for the events that are admitted. A sender that waits for its answer sends no faster than it gets
 * them. Bounded by the requests that are open.
 */
final class Refusing {
    private static final Logger LOG = LoggerFactory.getLogger(Refusing.class);
    private static final int IN_ONE_TURN = 8;

    private record Waiting(HttpServerResponse response, Admission admission) {}

    private final EventLoop loop;
    private final QuotaRefusals refusals = new QuotaRefusals();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean scheduled;

    Refusing(EventLoop loop) {
        this.loop = loop;
    }

    void add(HttpServerResponse response, Admission admission) {
        waiting.add(new Waiting(response, admission));
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
            Waiting next = waiting.poll();
            if (next == null) {
                scheduled = false;
                return;
            }
            answerOne(next);
        }
        // Not execute(): the loop runs what is executed before it reads from connections again.
        var _ = loop.schedule(this::answer, 1, TimeUnit.NANOSECONDS);
    }
}
