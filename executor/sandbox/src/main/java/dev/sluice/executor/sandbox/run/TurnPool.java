package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.protocol.TurnBoard;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

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
    private final TurnBoard board;
    /** Slots of the board for threads that may be added. */
    private final Queue<Integer> spares = new ConcurrentLinkedQueue<>();

    TurnPool(int threads, TurnBoard board) {
        this.board = board;
        for (int slot = 0; slot < threads; slot++) {
            int own = slot;
            start(() -> work(own, false), "turn-" + own);
        }
        for (int slot = threads; slot < board.slots(); slot++) {
            spares.add(slot);
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
        Integer slot = ready.isEmpty() ? null : spares.poll();
        if (slot != null) {
            start(() -> work(slot, true), "turn-spare-" + slot);
        }
    }

    private void work(int slot, boolean spare) {
        try {
            while (true) {
                Execution next = spare ? ready.poll(SPARE_IDLE_MILLIS, TimeUnit.MILLISECONDS) : ready.take();
                if (next == null) {
                    return;
                }
                running.add(next);
                board.hold(slot, next.invocation().executionId());
                try {
                    next.turn();
                } catch (RuntimeException | Error e) {
                    // Whatever it was, the thread is needed for others.
                    next.abort(Ending.failed("Error", "the JavaScript engine could not go on"));
                } finally {
                    board.release(slot);
                    running.remove(next);
                }
                next.afterTurn();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts these threads but the end of the process.
            Thread.currentThread().interrupt();
        } finally {
            if (spare) {
                spares.add(slot);
            }
        }
    }

    private static void start(Runnable work, String name) {
        Thread.Builder.OfPlatform builder = Thread.ofPlatform().name(name).daemon();
        builder.stackSize(STACK_BYTES).start(work);
    }
}
