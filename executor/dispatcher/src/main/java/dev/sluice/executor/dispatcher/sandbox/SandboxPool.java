package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.CheckResult;
import dev.sluice.executor.sandbox.protocol.FrameChannel;
import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Language;
import dev.sluice.executor.sandbox.protocol.Outcome;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** {@link Sandboxes} on processes of this machine. */
public final class SandboxPool implements Sandboxes {
    private static final long TEND_MILLIS = 1_000;
    private static final long QUARANTINE_POLL_MILLIS = 50;

    /** Code and payload together; leaves room in a frame for what goes with them. */
    private static final long INVOCATION_BYTES = FrameChannel.MAX_FRAME_BYTES / 2;

    private final SandboxOptions options;
    private final Launcher launcher;
    private final List<SandboxWorker> workers;
    private final Quarantine quarantine;
    private final ScheduledExecutorService tending = new ScheduledThreadPoolExecutor(
            1, work -> Thread.ofPlatform().name("sandbox-tending").daemon().unstarted(work));
    private final AtomicInteger reserved = new AtomicInteger();
    private final Object idle = new Object();
    private volatile boolean closing;

    private SandboxPool(SandboxOptions options, HostServices host) {
        this.options = options;
        launcher = new Launcher(options);
        workers = IntStream.range(0, options.processes())
                .mapToObj(index -> new SandboxWorker(index, options, launcher, host))
                .toList();
        quarantine = new Quarantine(options, launcher, host, System::nanoTime);
    }

    /** Starts the processes and returns at once; {@link #status()} says when they are ready. */
    public static SandboxPool start(SandboxOptions options, HostServices host) {
        SandboxPool pool = new SandboxPool(options, host);
        pool.workers.forEach(SandboxWorker::start);
        var _ = pool.tending.scheduleWithFixedDelay(pool::tend, TEND_MILLIS, TEND_MILLIS, TimeUnit.MILLISECONDS);
        return pool;
    }

    private void tend() {
        workers.forEach(SandboxWorker::tend);
        quarantine.tend();
    }

    @Override
    public boolean tryReserve() {
        while (true) {
            int taken = reserved.get();
            if (closing || taken >= capacity()) {
                return false;
            }
            if (reserved.compareAndSet(taken, taken + 1)) {
                return true;
            }
        }
    }

    @Override
    public void release() {
        if (reserved.decrementAndGet() == 0 && closing) {
            synchronized (idle) {
                idle.notifyAll();
            }
        }
    }

    @Override
    public CompletionStage<Outcome> run(Invocation invocation, boolean alone) {
        if (reserved.get() <= 0) {
            throw new IllegalStateException("no slot is reserved");
        }
        CompletionStage<Outcome> outcome;
        boolean tooLarge = bytes(invocation) > INVOCATION_BYTES;
        if (!tooLarge && (alone || quarantine.isFor(invocation))) {
            release();
            return quarantine.run(invocation);
        }
        Session session = leastBusy();
        if (tooLarge) {
            outcome = CompletableFuture.completedStage(tooLarge());
        } else if (session == null) {
            outcome = CompletableFuture.completedStage(new Outcome.Lost("no sandbox process is ready", false));
        } else {
            outcome = session.run(invocation);
        }
        return outcome.whenComplete((_, _) -> release());
    }

    @Override
    public void cancel(UUID executionId) {
        workers.forEach(worker -> worker.sessions().forEach(session -> session.cancel(executionId)));
        quarantine.cancel(executionId);
    }

    @Override
    public CompletionStage<CheckResult> check(String code, Language language) {
        Session session = leastBusy();
        if (session == null) {
            return CompletableFuture.completedStage(new CheckResult.Unavailable(workers.isEmpty()
                    ? "this node runs no sandbox process (sandbox.processes is 0); ask one that does"
                    : "no sandbox process is ready"));
        }
        if (3L * code.length() > INVOCATION_BYTES) {
            return CompletableFuture.completedStage(new CheckResult.Invalid("the code is too large", 0, 0));
        }
        return session.check(code, language);
    }

    @Override
    public PoolStatus status() {
        return new PoolStatus(
                workers.stream().map(SandboxWorker::status).toList(),
                capacity(),
                reserved.get(),
                workers.stream().mapToLong(SandboxWorker::restarts).sum());
    }

    @Override
    public void close(Duration grace) {
        closing = true;
        awaitIdle(grace);
        tending.shutdownNow();
        workers.forEach(SandboxWorker::stopTaking);
        workers.forEach(SandboxWorker::stop);
        quarantine.close();
        launcher.close();
    }

    private void awaitIdle(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        synchronized (idle) {
            try {
                while (reserved.get() > 0 || quarantine.size() > 0) {
                    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                    if (left <= 0) {
                        return;
                    }
                    idle.wait(Math.min(left, QUARANTINE_POLL_MILLIS));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private int capacity() {
        int ready = 0;
        for (SandboxWorker worker : workers) {
            if (worker.ready() != null) {
                ready++;
            }
        }
        return ready * options.slots();
    }

    private @Nullable Session leastBusy() {
        Session best = null;
        for (SandboxWorker worker : workers) {
            Session session = worker.ready();
            if (session != null && (best == null || session.inFlight() < best.inFlight())) {
                best = session;
            }
        }
        return best;
    }

    /** At most so many on the wire, without what is small by nature. */
    private static long bytes(Invocation invocation) {
        long characters = invocation.workflow().code().length();
        for (var header : invocation.headers().entrySet()) {
            characters += header.getKey().length() + header.getValue().length();
        }
        return invocation.body().length + 3 * characters;
    }

    private static Outcome tooLarge() {
        return new Outcome.Failed(
                new Outcome.WorkflowError("LimitError", "code and payload are too large for a sandbox", null),
                new Outcome.Run(Instant.now(), Duration.ZERO, Duration.ZERO, List.of(), false));
    }
}
