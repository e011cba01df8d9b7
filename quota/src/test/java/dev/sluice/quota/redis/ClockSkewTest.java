package dev.sluice.quota.redis;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Limit;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Kind;
import dev.sluice.quota.Subject;
import dev.sluice.quota.Subjects;
import dev.sluice.quota.TestClock;
import dev.sluice.quota.testing.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Nodes whose clocks disagree. */
class ClockSkewTest {
    private static RedisProcess redis;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private static List<RedisQuotas> nodes(Duration... ahead) {
        List<RedisQuotas> nodes = Stream.of(ahead).map(by -> RedisQuotas.open(
                QuotaSettings.defaults(), RedisSettings.standalone(redis.uri()), TestClock.real(by))).toList();
        nodes.forEach(node -> node.connected().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join());
        return nodes;
    }

    @Test
    void everyMinuteAdmitsExactlyTheLimitThroughItsEdge() {
        Subject subject = Subjects.customer(Subjects.limits(Dimension.EVENTS_PER_MINUTE, Limit.hardBlock(10)));
        Map<Long, AtomicInteger> byWindow = new ConcurrentHashMap<>();
        List<RedisQuotas> nodes = nodes(Duration.ofSeconds(-1), Duration.ZERO, Duration.ofSeconds(1));
        await().pollInterval(Duration.ofMillis(1)).atMost(Duration.ofSeconds(80)).until(() -> {
            for (RedisQuotas node : nodes) {
                if (node.admit(subject, Kind.EVENT).toCompletableFuture().join() instanceof Admission.Granted granted) {
                    byWindow.computeIfAbsent(granted.counts().getFirst().window(), w -> new AtomicInteger())
                            .incrementAndGet();
                }
            }
            return byWindow.size() == 2 && byWindow.values().stream().allMatch(admitted -> admitted.get() >= 10);
        });
        nodes.forEach(RedisQuotas::close);
        assertThat(byWindow.values()).extracting(AtomicInteger::get).containsOnly(10);
    }

    @Test
    void aNodeWhoseClockIsDaysOffCountsInTheSameDay() {
        Subject subject = Subjects.customer(Subjects.limits(Dimension.EVENTS_PER_DAY, Limit.hardBlock(50)));
        List<RedisQuotas> nodes = nodes(Duration.ofDays(-40), Duration.ZERO, Duration.ofDays(40));
        try (Load load = new Load(nodes, subject, 12)) {
            await().until(() -> load.answered() > 500);
            load.stop();
            assertThat(load.granted()).isEqualTo(50);
            assertThat(load.failed()).isZero();
        }
        nodes.forEach(RedisQuotas::close);
    }

    @Test
    void manyNodesAndCallersGetExactlyTheLimit() {
        Subject subject = Subjects.customer(Subjects.limits(Dimension.EVENTS_PER_DAY, Limit.hardBlock(5_000)));
        List<RedisQuotas> nodes =
                nodes(Duration.ofSeconds(-1), Duration.ofMillis(-300), Duration.ofMillis(700), Duration.ofSeconds(1));
        try (Load load = new Load(nodes, subject, 64)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> load.granted() >= 5_000 && load.answered() > 10_000);
            load.stop();
            assertThat(load.granted()).isEqualTo(5_000);
        }
        nodes.forEach(RedisQuotas::close);
    }
}
