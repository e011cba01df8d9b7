package dev.sluice.quota.redis;

import dev.sluice.quota.QuotaMetrics;
import dev.sluice.quota.ledger.DayWindows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** Blocks of lanes on their way to Redis, sent again a bounded number of times. */
final class Calls {
    /** Replies that only correct this node's idea of the server's clock are followed up at most so often. */
    private static final int CORRECTIONS = 2;
    /** Later than any day ends. */
    private static final long LATEST = Long.MAX_VALUE - 1;

    private final RedisLink link;
    private final Wagon wagon;
    private final RedisSettings settings;
    private final QuotaMetrics metrics;
    private final ScheduledExecutorService timer;

    Calls(RedisLink link, RedisSettings settings, QuotaMetrics metrics, ScheduledExecutorService timer) {
        this.link = link;
        this.wagon = new Wagon(link, !settings.cluster());
        this.settings = settings;
        this.metrics = metrics;
        this.timer = timer;
    }

    /** Changes whenever counts may have been lost on the server. */
    int doubts() {
        return link.doubts();
    }

    /**
     * Sends a block.
     *
     * @param days the calendar around a moment, in Unix seconds
     * @return the reply to a block that was done; fails when the last attempt does
     */
    CompletionStage<Reply> send(Block block, ServerClock clock, LongFunction<DayWindows> days) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        attempt(block, clock, days, reply, 1, 0);
        return reply;
    }

    private void attempt(
            Block block, ServerClock clock, LongFunction<DayWindows> days, CompletableFuture<Reply> reply,
            int attempt, int corrections) {
        long sentAt = clock.nodeMillis();
        long serverMillis = clock.onServer(sentAt);
        // A server that was paused must not count what has been decided otherwise meanwhile.
        long latest = clock.heard() ? serverMillis + settings.commandTimeout().toMillis() : LATEST;
        long serverSecond = Math.floorDiv(serverMillis, 1000);
        block.complete(serverSecond, latest, days.apply(serverSecond));
        wagon.send(block).whenComplete((said, failure) -> {
            if (failure == null) {
                clock.observe(said.serverMillis(), sentAt, !said.done());
                if (said.done()) {
                    reply.complete(said);
                } else if (corrections < CORRECTIONS) {
                    attempt(block, clock, days, reply, attempt, corrections + 1);
                } else {
                    reply.completeExceptionally(new IllegalStateException("the server's clock does not hold still"));
                }
            } else if (attempt < settings.attempts()) {
                metrics.redisRetries().increment();
                again(() -> attempt(block, clock, days, reply, attempt + 1, corrections), reply);
            } else {
                metrics.redisFailures().increment();
                reply.completeExceptionally(failure);
            }
        });
    }

    private void again(Runnable attempt, CompletableFuture<Reply> reply) {
        try {
            var _ = timer.schedule(attempt, settings.retryDelay().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            reply.completeExceptionally(e);
        }
    }
}
