package dev.sluice.benchmarks.quota;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Limit;
import dev.sluice.config.definition.Limits;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Kind;
import dev.sluice.quota.Subject;
import dev.sluice.quota.redis.QuotaSettings;
import dev.sluice.quota.redis.RedisQuotas;
import dev.sluice.quota.redis.RedisSettings;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.lettuce.core.api.StatefulRedisConnection;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongUnaryOperator;

/**
 * How many pass a limit of 10 a minute within the same second, when half of the nodes believe that the next minute has
 * begun. The clocks are injected: one node stands a second before the end of a minute, the other right after it.
 */
final class ClockSkew {
    private static final int LIMIT = 10;
    private static final int TRIES = 30;
    private static final long MINUTE = 60_000;

    private ClockSkew() {}

    static void print(StatefulRedisConnection<byte[], byte[]> connection, String uri) throws Exception {
        LongUnaryOperator before = now -> now - now % MINUTE + MINUTE - 1_000;
        LongUnaryOperator after = now -> now - now % MINUTE + MINUTE;
        System.out.printf(Locale.ROOT,
                "%nadmitted within a second by two nodes whose clocks are 1 s apart, limit %d a minute%n", LIMIT);
        System.out.printf(Locale.ROOT, "  %-56s %12d%n", "Bucket4j, refillIntervallyAligned",
                bucket4j(connection, before) + bucket4j(connection, after));
        System.out.printf(Locale.ROOT, "  %-56s %12d%n", "Sluice", sluice(uri, before, after));
    }

    private static int bucket4j(StatefulRedisConnection<byte[], byte[]> connection, LongUnaryOperator clock)
            throws Exception {
        TimeMeter meter = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return clock.applyAsLong(System.currentTimeMillis()) * 1_000_000;
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
        AsyncBucketProxy bucket = new Bucket4jPeer(connection, meter, LIMIT, 1_000)
                .bucket("skew", Optimizations.batching());
        int admitted = 0;
        for (int i = 0; i < TRIES; i++) {
            admitted += bucket.tryConsume(1).get() ? 1 : 0;
        }
        return admitted;
    }

    private static int sluice(String uri, LongUnaryOperator... clocks) throws Exception {
        Subject subject = new Subject(UUID.randomUUID(), ZoneOffset.UTC, Limits.NONE, UUID.randomUUID(),
                Limits.of(Map.of(Dimension.EVENTS_PER_MINUTE, Limit.hardBlock(LIMIT))));
        // Not across a real end of a minute.
        while (System.currentTimeMillis() % MINUTE > MINUTE - 5_000) {
            Thread.sleep(Duration.ofMillis(100));
        }
        int admitted = 0;
        for (LongUnaryOperator clock : clocks) {
            InstantSource node = () -> java.time.Instant.ofEpochMilli(clock.applyAsLong(System.currentTimeMillis()));
            try (RedisQuotas quotas = RedisQuotas.open(QuotaSettings.defaults(), RedisSettings.standalone(uri), node)) {
                quotas.connected().toCompletableFuture().get();
                for (int i = 0; i < TRIES; i++) {
                    Admission admission = quotas.admit(subject, Kind.EVENT).toCompletableFuture().get();
                    admitted += admission instanceof Admission.Granted ? 1 : 0;
                }
            }
        }
        return admitted;
    }
}
