package dev.sluice.quota.redis;

import dev.sluice.quota.Admission;
import dev.sluice.quota.Kind;
import dev.sluice.quota.Quotas;
import dev.sluice.quota.Subject;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Callers that ask for admission again and again, each waiting for its answer, until told to stop. */
final class Load implements AutoCloseable {
    private static final long REFUSED_NANOS = 1_000_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger granted = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();

    Load(List<? extends Quotas> nodes, Subject subject, int callers) {
        for (int i = 0; i < callers; i++) {
            Quotas node = nodes.get(i % nodes.size());
            threads.execute(() -> {
                while (!stop.get()) {
                    ask(node, subject);
                }
            });
        }
    }

    private void ask(Quotas node, Subject subject) {
        long start = System.nanoTime();
        try {
            Admission answer = node.admit(subject, Kind.EVENT).toCompletableFuture().get(20, TimeUnit.SECONDS);
            answered.incrementAndGet();
            if (answer instanceof Admission.Granted) {
                granted.incrementAndGet();
            } else {
                // As a caller would; and answers from memory would leave no time for anything else.
                LockSupport.parkNanos(REFUSED_NANOS);
            }
        } catch (Exception e) {
            failed.incrementAndGet();
        }
        slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
    }

    int granted() {
        return granted.get();
    }

    int answered() {
        return answered.get();
    }

    int failed() {
        return failed.get();
    }

    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    /** Lets the last answers come in. */
    void stop() {
        stop.set(true);
        threads.close();
    }

    @Override
    public void close() {
        stop();
    }
}
