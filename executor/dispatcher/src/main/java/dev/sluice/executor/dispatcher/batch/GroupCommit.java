package dev.sluice.executor.dispatcher.batch;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Collects items while the batch before them is being written, and writes them together. Bounded: what does not fit is
 * refused at once. Not thread-safe; it belongs to one event loop.
 *
 * @param <T> what is written
 * @param <R> what the writer answers for each item, in their order
 */
public final class GroupCommit<T, R> {
    private final int maxBatch;
    private final int maxPending;
    private final Function<List<T>, Future<List<R>>> writer;
    private List<T> filling = new ArrayList<>();
    private List<Promise<R>> waiting = new ArrayList<>();
    private boolean inFlight;

    /**
     * A group commit without items.
     *
     * @param maxBatch most items of one write
     * @param maxPending most items that wait for the next writes
     * @param writer writes a batch; its future must complete on the event loop that appends
     */
    public GroupCommit(int maxBatch, int maxPending, Function<List<T>, Future<List<R>>> writer) {
        this.maxBatch = maxBatch;
        this.maxPending = maxPending;
        this.writer = writer;
    }

    /** Whether another item would be refused. */
    public boolean isFull() {
        return filling.size() >= maxPending;
    }

    /** How many items wait for the next write. */
    public int pending() {
        return filling.size();
    }

    /** Completes when the item is written; fails with {@link BacklogFullException} if too many wait already. */
    public Future<R> append(T item) {
        if (isFull()) {
            return Future.failedFuture(new BacklogFullException());
        }
        Promise<R> promise = Promise.promise();
        filling.add(item);
        waiting.add(promise);
        if (!inFlight) {
            writeNext();
        }
        return promise.future();
    }

    private void writeNext() {
        List<T> batch = filling;
        List<Promise<R>> promises = waiting;
        if (batch.size() > maxBatch) {
            filling = new ArrayList<>(batch.subList(maxBatch, batch.size()));
            waiting = new ArrayList<>(promises.subList(maxBatch, promises.size()));
            batch = batch.subList(0, maxBatch);
            promises = promises.subList(0, maxBatch);
        } else {
            filling = new ArrayList<>(batch.size());
            waiting = new ArrayList<>(batch.size());
        }
        inFlight = true;
        List<Promise<R>> written = promises;
        writer.apply(batch).onComplete(outcome -> {
            // The next batch goes out before anybody is told of this one: the database must not wait for us.
            inFlight = false;
            if (!filling.isEmpty()) {
                writeNext();
            }
            for (int i = 0; i < written.size(); i++) {
                if (outcome.succeeded()) {
                    written.get(i).complete(outcome.result().get(i));
                } else {
                    written.get(i).fail(outcome.cause());
                }
            }
        });
    }
}
