package dev.sluice.executor.dispatcher.queue;

import dev.sluice.config.log.Outage;
import dev.sluice.executor.dispatcher.batch.Bounds;
import dev.sluice.executor.dispatcher.batch.DataRefusal;
import dev.sluice.executor.dispatcher.batch.GroupCommit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes settlements in batches until each is stored. What the database refuses for its content is written in plainer
 * words at once; what it cannot take now waits, and is tried again apart from the others as soon as it takes those. So
 * no settlement holds up another, and none is tried without end while the database works.
 */
final class SettlementWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SettlementWriter.class);
    private static final int MAX_BATCH = 256;
    private static final long MAX_BATCH_BYTES = 8 << 20;
    /** A node that cannot store what ended takes nothing new: an execution's end may have a megabyte. */
    private static final int MAX_UNSETTLED = 10_000;
    private static final long MAX_UNSETTLED_BYTES = 64 << 20;
    /** A connection can die without a word; the write behind it must not wait for it. */
    private static final long WRITE_LIMIT_SECONDS = 30;
    /** So often may a write fail for other reasons than its content while the database works, before its content is doubted. */
    private static final int PATIENCE = 3;

    private enum Answer { HELD, NOT_HELD, LATER }

    private final Vertx vertx;
    private final Supplier<UUID> node;
    private final Settlements settlements;
    private final GroupCommit<Unsettled, Answer> commits;
    private final AtomicInteger unsettled = new AtomicInteger();
    private final AtomicLong unsettledBytes = new AtomicLong();
    private final Outage outage = new Outage(LOG, "ended executions wait for the database");
    private int waiting;
    private long databaseWorkedAt = System.nanoTime();

    SettlementWriter(Vertx vertx, Supplier<UUID> node, Settlements settlements) {
        this.vertx = vertx;
        this.node = node;
        this.settlements = settlements;
        commits = new GroupCommit<>(Runnable::run,
                new Bounds(1, MAX_BATCH, MAX_BATCH_BYTES, Integer.MAX_VALUE, Long.MAX_VALUE), Unsettled::bytes, this::write);
    }

    /** Completes when it is written or the lease is found to be lost; never fails. */
    Future<Settled> settle(Settlement settlement) {
        Unsettled one = new Unsettled(settlement);
        long bytes = settlement.bytes();
        unsettled.incrementAndGet();
        unsettledBytes.addAndGet(bytes);
        write(one);
        return one.future().andThen(settled -> {
            unsettled.decrementAndGet();
            unsettledBytes.addAndGet(-bytes);
        });
    }

    /** Whether so much is unsettled that nothing new should be run; any thread may ask. */
    boolean isFull() {
        return unsettled.get() >= MAX_UNSETTLED || unsettledBytes.get() >= MAX_UNSETTLED_BYTES;
    }

    /** The database has just done a write of another kind. */
    void databaseWorks() {
        databaseWorkedAt = System.nanoTime();
    }

    private void write(Unsettled one) {
        Future<Answer> answer = one.doubts() > 0
                ? writeAlike(List.of(one)).map(List::getFirst)
                : commits.append(one);
        answer.otherwise(Answer.LATER).onSuccess(written -> {
            if (written == Answer.LATER) {
                vertx.setTimer(one.waitMillis(), tick -> write(one));
                return;
            }
            if (one.failures() > 0 && --waiting == 0) {
                outage.over();
            }
            one.written(written == Answer.HELD);
        });
    }

    /** Each kind is a statement, and that one cannot be written says nothing of the others. */
    private Future<List<Answer>> write(List<Unsettled> batch) {
        IdentityHashMap<Unsettled, Answer> answers = new IdentityHashMap<>();
        List<Future<?>> writes = new ArrayList<>();
        batch.stream().collect(Collectors.groupingBy(one -> one.words().getClass())).values().forEach(alike ->
                writes.add(writeAlike(alike).onSuccess(answered -> {
                    for (int i = 0; i < alike.size(); i++) {
                        answers.put(alike.get(i), answered.get(i));
                    }
                })));
        return Future.all(writes).map(done -> batch.stream().map(one -> Objects.requireNonNull(answers.get(one))).toList());
    }

    private Future<List<Answer>> writeAlike(List<Unsettled> batch) {
        return attempt(batch).transform(written -> {
            if (written.failed()) {
                return failed(batch, written.cause());
            }
            databaseWorks();
            return Future.succeededFuture(
                    written.result().stream().map(held -> held ? Answer.HELD : Answer.NOT_HELD).toList());
        });
    }

    private Future<List<Boolean>> attempt(List<Unsettled> batch) {
        try {
            return settlements.write(node.get(), batch.stream().map(Unsettled::words).toList())
                    .timeout(WRITE_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            return Future.failedFuture(new UnwritableException(e));
        }
    }

    private Future<List<Answer>> failed(List<Unsettled> batch, Throwable why) {
        boolean content = why instanceof UnwritableException || DataRefusal.isAboutContent(why);
        if (content && batch.size() > 1) {
            return writeHalves(batch);
        }
        Unsettled first = batch.getFirst();
        if (batch.size() == 1 && (content || first.doubts() >= PATIENCE)) {
            Settlement refused = first.words();
            if (first.speakPlainer()) {
                LOG.warn("execution {} is settled in plainer words, for the database refuses it as {}: {}",
                        refused.id(), refused.getClass().getSimpleName(), DataRefusal.inWords(why));
                return writeAlike(batch);
            }
        }
        long now = System.nanoTime();
        for (Unsettled one : batch) {
            waiting += one.failures() == 0 ? 1 : 0;
            one.fails(now, databaseWorkedAt);
        }
        outage.failed("execution %s, the first of %d: %s".formatted(
                first.words().id(), waiting, DataRefusal.inWords(why)));
        return Future.succeededFuture(batch.stream().map(one -> Answer.LATER).toList());
    }

    private Future<List<Answer>> writeHalves(List<Unsettled> batch) {
        int half = batch.size() / 2;
        return writeAlike(batch.subList(0, half)).compose(left ->
                writeAlike(batch.subList(half, batch.size())).map(right -> {
                    List<Answer> both = new ArrayList<>(left);
                    both.addAll(right);
                    return both;
                }));
    }

    /** It cannot even be made into a statement. */
    private static final class UnwritableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnwritableException(RuntimeException cause) {
            super(cause.toString(), cause, false, false);
        }
    }
}
