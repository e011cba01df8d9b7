package dev.sluice.gateway.fleet;

import dev.sluice.gateway.running.Client;
import org.awaitility.Awaitility;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Clients that send one customer's events without end, each with one under way, spread evenly over the gateways. */
public final class Crowd implements AutoCloseable {
    /** Refusing is cheap; without a pause it would be all that the machine does. */
    private static final long REFUSED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicIntegerArray answered;
    private final Tally tally;
    private volatile boolean stopped;

    /** @param gateways one client for each, which sends as the customer */
    public Crowd(List<Client> gateways, String webhook, int number) {
        tally = new Tally(gateways.size());
        answered = new AtomicIntegerArray(number);
        for (int i = 0; i < number; i++) {
            int place = i;
            int gateway = i % gateways.size();
            Client client = gateways.get(gateway);
            clients.execute(() -> {
                while (!stopped) {
                    send(client, gateway, webhook);
                    answered.incrementAndGet(place);
                }
            });
        }
    }

    private void send(Client client, int gateway, String webhook) {
        try {
            long sent = minute();
            Decision decision = Decision.of(client.event(webhook, "{}"));
            tally.add(gateway, decision, sent, minute());
            if (!decision.admitted()) {
                LockSupport.parkNanos(REFUSED_NANOS);
            }
        } catch (RuntimeException | AssertionError e) {
            tally.failed(e);
        }
    }

    private static long minute() {
        return Instant.now().getEpochSecond() / 60;
    }

    public Tally tally() {
        return tally;
    }

    /** Waits until the tally is as it should be. */
    public void await(String what, Duration limit, Predicate<Tally> condition) {
        Awaitility.await(what).atMost(limit).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                .until(() -> condition.test(tally));
    }

    /** Waits until every event that is under way now has been answered. */
    public void awaitUnderWay() {
        int[] before = IntStream.range(0, answered.length()).map(answered::get).toArray();
        await("answers", Duration.ofSeconds(60), seen -> IntStream.range(0, before.length)
                .allMatch(client -> answered.get(client) > before[client]));
    }

    /** Sends nothing more, waits for the last answers. */
    public Tally stop() {
        stopped = true;
        clients.close();
        return tally;
    }

    @Override
    public void close() {
        stop();
    }
}
