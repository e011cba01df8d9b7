package dev.sluice.executor.dispatcher.batch;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Collects items while the batch before them is being written, and writes them together. Bounded: what does not fit is
 * refused at once. Not thread-safe; it belongs to one event loop.
 *
 * @param <T> what is written
 * @param <R> what the writer answers for each item, in their order
 */
public final class GroupCommit<T, R> {
    private final Bounds bounds;
    private final ToLongFunction<T> size;
    private final Function<List<T>, Future<List<R>>> writer;
    private final ArrayDeque<Waiting<T, R>> pending = new ArrayDeque<>();
    private long bytes;
    private boolean inFlight;

    private record Waiting<T, R>(T item, long bytes, Promise<R> promise) {}

    /**
     * A group commit without items.
     *
     * @param size about how many bytes of memory an item holds
     * @param writer writes a batch; its future must complete on the event loop that appends
     */
    public GroupCommit(Bounds bounds, ToLongFunction<T> size, Function<List<T>, Future<List<R>>> writer) {
        this.bounds = bounds;
        this.size = size;
        this.writer = writer;
    }

    /** Whether another item would be refused. */
    public boolean isFull() {
        return pending.size() >= bounds.pendingItems() || bytes >= bounds.pendingBytes();
    }

    /** How many items wait for the next write. */
    public int pending() {
        return pending.size();
    }

    /** Completes when the item is written; fails with {@link BacklogFullException} if too much waits already. */
    public Future<R> append(T item) {
        if (isFull()) {
            return Future.failedFuture(new BacklogFullException());
        }
        Waiting<T, R> waiting = new Waiting<>(item, size.applyAsLong(item), Promise.promise());
        bytes += waiting.bytes();
        pending.add(waiting);
        if (!inFlight) {
            writeNext();
        }
        return waiting.promise().future();
    }

    private void writeNext() {
        List<Waiting<T, R>> batch = new ArrayList<>();
        long batchBytes = 0;
        Waiting<T, R> next = pending.peek();
        while (next != null && batch.size() < bounds.batchItems()
                && (batch.isEmpty() || batchBytes + next.bytes() <= bounds.batchBytes())) {
            batchBytes += next.bytes();
            batch.add(pending.remove());
            next = pending.peek();
        }
        long written = batchBytes;
        inFlight = true;
        write(batch.stream().map(Waiting::item).toList()).onComplete(outcome -> {
            // The next batch goes out before anybody is told of this one: the database must not wait for us.
            inFlight = false;
            bytes -= written;
            if (!pending.isEmpty()) {
                writeNext();
            }
            for (int i = 0; i < batch.size(); i++) {
                if (outcome.succeeded()) {
                    batch.get(i).promise().complete(outcome.result().get(i));
                } else {
                    batch.get(i).promise().fail(outcome.cause());
                }
            }
        });
    }

    /** A writer that throws fails its batch; it must not leave the items behind it waiting for good. */
    private Future<List<R>> write(List<T> items) {
        try {
            return writer.apply(items);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
