package dev.sluice.quota.redis;

import dev.sluice.quota.QuotaMetrics;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** Script calls of lanes, repeated a bounded number of times. */
final class Calls {
    /** Replies that only correct this node's idea of the server's clock are followed up at most so often. */
    private static final int CORRECTIONS = 2;

    private final RedisLink link;
    private final RedisSettings settings;
    private final QuotaMetrics metrics;
    private final ScheduledExecutorService timer;

    Calls(RedisLink link, RedisSettings settings, QuotaMetrics metrics, ScheduledExecutorService timer) {
        this.link = link;
        this.settings = settings;
        this.metrics = metrics;
        this.timer = timer;
    }

    /** Changes whenever counts may have been lost on the server. */
    int doubts() {
        return link.doubts();
    }

    /**
     * Calls a script.
     *
     * @param arguments makes the arguments of one attempt, given the latest server time in ms at which it may count: a
     *     server that was paused must not count what has been decided otherwise since; 0 while its clock is unknown
     * @return the reply without the time; fails when the last attempt does
     */
    CompletionStage<List<Object>> call(Script script, ServerClock clock, LongFunction<Arguments> arguments) {
        CompletableFuture<List<Object>> reply = new CompletableFuture<>();
        attempt(script, clock, arguments, reply, 1, 0);
        return reply;
    }

    private void attempt(
            Script script, ServerClock clock, LongFunction<Arguments> arguments, CompletableFuture<List<Object>> reply,
            int attempt, int corrections) {
        long sentAt = clock.nodeMillis();
        long latest = clock.heard() ? clock.millis() + settings.commandTimeout().toMillis() : 0;
        Arguments made = arguments.apply(latest);
        metrics.redisCalls().increment();
        link.call(script, made.keys(), made.values()).whenComplete((values, failure) -> {
            if (failure == null) {
                boolean corrected = values.size() == 1;
                clock.observe((Long) values.getFirst(), sentAt, corrected);
                if (!corrected) {
                    reply.complete(values.subList(2, values.size()));
                } else if (corrections < CORRECTIONS) {
                    attempt(script, clock, arguments, reply, attempt, corrections + 1);
                } else {
                    reply.completeExceptionally(new IllegalStateException("the server's clock does not hold still"));
                }
            } else if (attempt < settings.attempts()) {
                metrics.redisRetries().increment();
                again(() -> attempt(script, clock, arguments, reply, attempt + 1, corrections), reply);
            } else {
                metrics.redisFailures().increment();
                reply.completeExceptionally(failure);
            }
        });
    }

    private void again(Runnable attempt, CompletableFuture<List<Object>> reply) {
        try {
            var _ = timer.schedule(attempt, settings.retryDelay().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            reply.completeExceptionally(e);
        }
    }
}
