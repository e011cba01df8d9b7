package dev.sluice.benchmarks.quota;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/** Keeps a number of calls in flight for a time; each that is answered makes room for the next. */
final class ClosedLoop {
    private final IntFunction<CompletionStage<?>> call;
    private final AtomicInteger sequence = new AtomicInteger();
    private final LongAdder answered = new LongAdder();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicInteger running = new AtomicInteger();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile boolean over;

    private ClosedLoop(IntFunction<CompletionStage<?>> call) {
        this.call = call;
    }

    /**
     * Calls per second.
     *
     * @param call makes the call of that number, starting at 0
     */
    static double rate(IntFunction<CompletionStage<?>> call, int inFlight, double seconds) throws Exception {
        ClosedLoop loop = new ClosedLoop(call);
        loop.running.set(inFlight);
        long start = System.nanoTime();
        for (int i = 0; i < inFlight; i++) {
            loop.next();
        }
        Thread.sleep((long) (seconds * 1000));
        double rate = loop.answered.sum() / ((System.nanoTime() - start) / 1e9);
        loop.over = true;
        loop.stopped.get();
        Throwable failure = loop.failure.get();
        if (failure != null) {
            throw new IllegalStateException("a call failed", failure);
        }
        return rate;
    }

    // A call that is complete already is followed up here and not in its callback: the stack would not hold.
    private void next() {
        while (!over) {
            CompletableFuture<?> answer =
                    call.apply(sequence.getAndIncrement() & Integer.MAX_VALUE).toCompletableFuture();
            if (!answer.isDone()) {
                CompletionStage<?> answered = answer;
                answered.whenComplete((value, problem) -> {
                    note(problem);
                    next();
                });
                return;
            }
            note(answer.isCompletedExceptionally() ? answer.exceptionNow() : null);
        }
        if (running.decrementAndGet() == 0) {
            stopped.complete(null);
        }
    }

    private void note(@Nullable Throwable problem) {
        answered.increment();
        if (problem != null) {
            failure.compareAndSet(null, problem);
            over = true;
        }
    }
}
