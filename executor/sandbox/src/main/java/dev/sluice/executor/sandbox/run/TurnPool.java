package dev.sluice.executor.sandbox.run;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that run JavaScript. A turn that takes long keeps its thread, so while others wait behind such turns
 * {@link #compensate} adds threads, up to a bound; they leave again when idle.
 */
final class TurnPool {
    /** Deep recursion must end in JavaScript's RangeError with room to spare. */
    private static final long STACK_BYTES = 2L << 20;

    private static final long SPARE_IDLE_MILLIS = 2_000;

    private final BlockingQueue<Execution> ready = new LinkedBlockingQueue<>();
    private final Set<Execution> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger spares = new AtomicInteger();
    private final int mostSpares;

    TurnPool(int threads) {
        mostSpares = 4 * threads + 4;
        for (int i = 0; i < threads; i++) {
            start(() -> work(false), "turn-" + i);
        }
    }

    /** Queues an execution for a turn. Each is queued at most once at a time, which bounds the queue. */
    void submit(Execution execution) {
        ready.add(execution);
    }

    /** Executions that have a thread now. */
    Set<Execution> running() {
        return running;
    }

    /** Adds a thread if work waits; called while turns take long. */
    void compensate() {
        if (!ready.isEmpty() && spares.get() < mostSpares) {
            int number = spares.incrementAndGet();
            start(() -> work(true), "turn-spare-" + number);
        }
    }

    private void work(boolean spare) {
        try {
            while (true) {
                Execution next = spare ? ready.poll(SPARE_IDLE_MILLIS, TimeUnit.MILLISECONDS) : ready.take();
                if (next == null) {
                    return;
                }
                running.add(next);
                try {
                    next.turn();
                } finally {
                    running.remove(next);
                }
                next.afterTurn();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts these threads but the end of the process.
            Thread.currentThread().interrupt();
        } finally {
            if (spare) {
                spares.decrementAndGet();
            }
        }
    }

    private static void start(Runnable work, String name) {
        Thread.Builder.OfPlatform builder = Thread.ofPlatform().name(name).daemon();
        builder.stackSize(STACK_BYTES).start(work);
    }
}
