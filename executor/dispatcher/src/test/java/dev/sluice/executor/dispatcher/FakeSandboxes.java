package dev.sluice.executor.dispatcher;

import dev.sluice.executor.dispatcher.sandbox.PoolStatus;
import dev.sluice.executor.dispatcher.sandbox.Sandboxes;
import dev.sluice.executor.sandbox.protocol.CheckResult;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends executions as it is told to: what a real sandbox does only with luck, on demand. */
final class FakeSandboxes implements Sandboxes {
    static final Outcome.Run RUN = new Outcome.Run(Instant.EPOCH, Duration.ofMillis(1), Duration.ZERO, List.of(), false);

    final List<Invocation> invocations = new CopyOnWriteArrayList<>();
    final List<Boolean> ranAlone = new CopyOnWriteArrayList<>();
    final List<UUID> cancelled = new CopyOnWriteArrayList<>();
    final AtomicInteger free = new AtomicInteger(8);
    /** What every execution comes to; null leaves it running. */
    volatile @Nullable Outcome outcome;

    @Override
    public boolean tryReserve() {
        return free.getAndUpdate(slots -> Math.max(0, slots - 1)) > 0;
    }

    @Override
    public void release() {
        free.incrementAndGet();
    }

    @Override
    public CompletionStage<Outcome> run(Invocation invocation, boolean alone) {
        invocations.add(invocation);
        ranAlone.add(alone);
        Outcome now = outcome;
        if (now == null) {
            return new CompletableFuture<>();
        }
        release();
        return CompletableFuture.completedStage(now);
    }

    @Override
    public void cancel(UUID executionId) {
        cancelled.add(executionId);
    }

    @Override
    public CompletionStage<CheckResult> check(String code, Language language) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PoolStatus status() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(Duration grace) {}
}
