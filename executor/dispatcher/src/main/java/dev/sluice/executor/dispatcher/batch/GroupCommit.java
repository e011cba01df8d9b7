package dev.sluice.executor.dispatcher.batch;

import io.netty.channel.EventLoop;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Collects items while the batch before them is being written, and writes them together. All event loops share one, so
 * that batches grow with the load of the node and not of a loop. One loop writes them; while one write waits for the disk
 * another may be prepared. Bounded: what does not fit is refused at once.
 *
 * @param <T> what is written
 * @param <R> what the writer answers for each item, in their order
 */
public final class GroupCommit<T, R> {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** A write costs as much as about so many items in it; fewer had better wait for the one that is in flight. */
    private static final int WORTH_A_WRITE = 24;

    private final Executor loop;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Bounds bounds;
    private final ToLongFunction<T> size;
    private final Function<List<T>, Future<List<R>>> writer;
    private final Queue<Waiting<T, R>> pending = new ConcurrentLinkedQueue<>();
    /** The queue's own size() walks it. */
    private final AtomicInteger pendingItems = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();

    /** @param loop the event loop that waits, null for a caller on none */
    private record Waiting<T, R>(T item, long bytes, Promise<R> promise, @Nullable EventLoop loop) {}

    /**
     * A group commit without items.
     *
     * @param loop where writes begin
     * @param size about how many bytes of memory an item holds
     * @param writer writes a batch; its futures complete on the loop
     */
    public GroupCommit(
            Executor loop, Bounds bounds, ToLongFunction<T> size, Function<List<T>, Future<List<R>>> writer) {
        this.loop = loop;
        this.bounds = bounds;
        this.size = size;
        this.writer = writer;
    }

    /** Whether another item would be refused. */
    public boolean isFull() {
        return pendingItems.get() >= bounds.pendingItems() || bytes.get() >= bounds.pendingBytes();
    }

    /** How many items wait for the next write. */
    public int pending() {
        return pendingItems.get();
    }

    /**
     * Completes, on the event loop that calls, when the item is written; fails with {@link BacklogFullException} if too
     * much waits already. Threads that ask at the same moment may exceed the bound by one item each.
     */
    public Future<R> append(T item) {
        if (isFull()) {
            return Future.failedFuture(new BacklogFullException());
        }
        ContextInternal caller = ContextInternal.current();
        Promise<R> promise = caller == null ? Promise.promise() : caller.promise();
        Waiting<T, R> waiting = new Waiting<>(
                item, size.applyAsLong(item), promise, caller == null ? null : caller.nettyEventLoop());
        bytes.addAndGet(waiting.bytes());
        pending.add(waiting);
        pendingItems.incrementAndGet();
        if (mayWrite() && begun.compareAndSet(false, true)) {
            loop.execute(() -> {
                begun.set(false);
                writeNext();
            });
        }
        return promise.future();
    }

    private void writeNext() {
        // Asked again after giving way: an item that was added meanwhile may have found the write still in flight.
        while (mayWrite()) {
            List<Waiting<T, R>> batch = inFlight.incrementAndGet() <= bounds.writes() ? take() : List.of();
            if (!batch.isEmpty()) {
                write(batch);
                return;
            }
            inFlight.decrementAndGet();
        }
    }

    private boolean mayWrite() {
        int writes = inFlight.get();
        return writes < bounds.writes() && pendingItems.get() >= (writes == 0 ? 1 : WORTH_A_WRITE);
    }

    private synchronized List<Waiting<T, R>> take() {
        List<Waiting<T, R>> batch = new ArrayList<>();
        long batchBytes = 0;
        Waiting<T, R> next = pending.peek();
        while (next != null && batch.size() < bounds.batchItems()
                && (batch.isEmpty() || batchBytes + next.bytes() <= bounds.batchBytes())) {
            batchBytes += next.bytes();
            batch.add(pending.remove());
            next = pending.peek();
        }
        pendingItems.addAndGet(-batch.size());
        return batch;
    }

    private void write(List<Waiting<T, R>> batch) {
        List<T> items = new ArrayList<>(batch.size());
        long written = 0;
        for (Waiting<T, R> waiting : batch) {
            items.add(waiting.item());
            written += waiting.bytes();
        }
        long batchBytes = written;
        attempt(items).onComplete(outcome -> {
            // The next batch goes out before anybody is told of this one: the database must not wait for us.
            bytes.addAndGet(-batchBytes);
            inFlight.decrementAndGet();
            writeNext();
            tell(batch, outcome);
        });
    }

    /** An event loop is told of all its items in one turn: to be woken for each would cost more than what it does then. */
    private void tell(List<Waiting<T, R>> batch, AsyncResult<List<R>> outcome) {
        IdentityHashMap<EventLoop, List<Runnable>> elsewhere = new IdentityHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Waiting<T, R> waiting = batch.get(i);
            int index = i;
            Runnable completion = outcome.succeeded()
                    ? () -> waiting.promise().complete(outcome.result().get(index))
                    : () -> waiting.promise().fail(outcome.cause());
            EventLoop loop = waiting.loop();
            if (loop == null || loop.inEventLoop()) {
                run(completion);
            } else {
                elsewhere.computeIfAbsent(loop, other -> new ArrayList<>()).add(completion);
            }
        }
        elsewhere.forEach((loop, completions) -> loop.execute(() -> completions.forEach(GroupCommit::run)));
    }

    /** What one waiter makes of its answer must not keep the others from theirs. */
    private static void run(Runnable completion) {
        try {
            completion.run();
        } catch (RuntimeException e) {
            LOG.error("what waited for a write failed when it was told", e);
        }
    }

    /** A writer that throws fails its batch; it must not leave the items behind it waiting for good. */
    private Future<List<R>> attempt(List<T> items) {
        try {
            return writer.apply(items);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
