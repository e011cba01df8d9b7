package dev.sluice.gateway.running;

import org.awaitility.Awaitility;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Senders on as many connections, each with one event under way, that remember what the node acknowledged. They live
 * outside of the node, so they know it even when the node is killed.
 */
public final class Load implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Client client;
    private final String webhook;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger budget = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    private final Collection<Thread> senders = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch reachable = new CountDownLatch(0);
    private volatile boolean closed;

    public Load(Client client, String webhook, int connections) {
        this.client = client;
        this.webhook = webhook;
        for (int i = 0; i < connections; i++) {
            senders.add(Thread.ofVirtual().start(this::send));
        }
    }

    /** Lets the senders send so many events more. */
    public void send(int events) {
        synchronized (budget) {
            budget.addAndGet(events);
            budget.notifyAll();
        }
    }

    /** Waits until so many of the events that may be sent are still to be sent. */
    public void awaitLeft(int events) {
        Awaitility.await("senders").atMost(LIMIT).pollInterval(Duration.ofMillis(5))
                .until(() -> budget.get() - sent.get() <= events);
    }

    /** Waits until every event that may be sent has been answered or lost. */
    public void awaitAllAnswered() {
        Awaitility.await("answers").atMost(LIMIT).pollInterval(Duration.ofMillis(20))
                .until(() -> sent.get() >= budget.get() && idle.get() == senders.size());
    }

    /** From now on a sender that gets no answer waits for {@link #reachable} before it sends the next event. */
    public void expectUnreachable() {
        reachable = new CountDownLatch(1);
    }

    /** The node is there again. */
    public void reachable() {
        reachable.countDown();
    }

    /** The ids of the events that were answered with 202. */
    public Set<String> acknowledged() {
        return acknowledged;
    }

    /** How many got no answer. */
    public long unanswered() {
        return unanswered.sum();
    }

    /** How many got another answer than 202. */
    public long refused() {
        return refused.sum();
    }

    @Override
    public void close() {
        synchronized (budget) {
            closed = true;
            budget.notifyAll();
        }
        reachable.countDown();
    }

    private void send() {
        try {
            while (awaitBudget()) {
                sendOne(sent.getAndIncrement());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitBudget() throws InterruptedException {
        synchronized (budget) {
            idle.incrementAndGet();
            while (!closed && sent.get() >= budget.get()) {
                budget.wait();
            }
            idle.decrementAndGet();
            return !closed;
        }
    }

    private void sendOne(int number) throws InterruptedException {
        try {
            Answer answer = client.event(webhook, "{\"n\":" + number + "}");
            if (answer.status() == 202) {
                acknowledged.add(answer.json().getString("eventId"));
            } else {
                refused.increment();
            }
        } catch (UncheckedIOException e) {
            unanswered.increment();
            reachable.await();
        }
    }
}
