package dev.sluice.benchmarks.quota;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.github.bucket4j.redis.lettuce.cas.LettuceBasedProxyManager;
import io.lettuce.core.api.StatefulRedisConnection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;

/** Bucket4j on Redis as its manual shows it: compare-and-swap, windows aligned to the calendar, one bucket a key. */
final class Bucket4jPeer {
    private final LettuceBasedProxyManager<byte[]> manager;
    private final BucketConfiguration configuration;

    /** @param clock what its node takes the time to be */
    Bucket4jPeer(StatefulRedisConnection<byte[], byte[]> connection, TimeMeter clock, long perMinute, long perDay) {
        this.manager = Bucket4jLettuce.casBasedBuilder(connection)
                .clientClock(clock)
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofHours(1)))
                .build();
        Instant now = Instant.now();
        this.configuration = BucketConfiguration.builder()
                .addLimit(window(perMinute, Duration.ofMinutes(1), now.truncatedTo(ChronoUnit.MINUTES)))
                .addLimit(window(perDay, Duration.ofDays(1), now.truncatedTo(ChronoUnit.DAYS)))
                .build();
    }

    private static Bandwidth window(long amount, Duration length, Instant begin) {
        return Bandwidth.builder().capacity(amount)
                .refillIntervallyAligned(amount, length, begin.plus(length)).build();
    }

    AsyncBucketProxy bucket(String key, Optimization optimization) {
        return manager.asAsync().builder().withOptimization(optimization)
                .build(key.getBytes(StandardCharsets.US_ASCII),
                        () -> CompletableFuture.completedFuture(configuration));
    }
}
