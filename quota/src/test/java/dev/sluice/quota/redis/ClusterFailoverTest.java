package dev.sluice.quota.redis;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Limit;
import dev.sluice.quota.FailurePolicy;
import dev.sluice.quota.QuotaMode;
import dev.sluice.quota.Subject;
import dev.sluice.quota.Subjects;
import dev.sluice.quota.testing.RedisClusterProcesses;
import dev.sluice.quota.testing.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A master of a cluster dies or stands still, and its replica takes over. */
class ClusterFailoverTest {
    private static final Duration SLOWEST = Duration.ofSeconds(2);
    private static final Duration EXACT_AGAIN = Duration.ofSeconds(15);

    private RedisClusterProcesses cluster;

    @BeforeEach
    void start() {
        cluster = RedisClusterProcesses.start();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private List<RedisQuotas> nodes(int number, QuotaSettings settings) {
        List<RedisQuotas> nodes = IntStream.range(0, number).mapToObj(i -> RedisQuotas.open(
                settings, RedisSettings.cluster(cluster.uris()), InstantSource.system())).toList();
        nodes.forEach(node -> node.connected().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join());
        return nodes;
    }

    private RedisProcess masterOf(Subject subject) {
        return cluster.masterOf("{" + subject.organizationId() + "}");
    }

    private static Subject subject(long limit) {
        return Subjects.customer(Subjects.limits(Dimension.EVENTS_PER_DAY, Limit.hardBlock(limit)));
    }

    private static void awaitAway(List<RedisQuotas> nodes) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> nodes.stream().allMatch(node -> node.mode() != QuotaMode.EXACT));
    }

    private static void awaitExact(List<RedisQuotas> nodes) {
        await().atMost(EXACT_AGAIN)
                .until(() -> nodes.stream().allMatch(node -> node.mode() == QuotaMode.EXACT));
    }

    @Test
    void everyRequestIsAnsweredWhileTheMasterIsKilled() {
        Subject subject = subject(Limit.MAX_AMOUNT);
        List<RedisQuotas> nodes = nodes(1, QuotaSettings.defaults());
        try (Load load = new Load(nodes, subject, 10)) {
            await().until(() -> load.answered() > 3_000);
            masterOf(subject).kill();
            awaitAway(nodes);
            awaitExact(nodes);
            int before = load.answered();
            await().until(() -> load.answered() > Math.max(10_000, before + 1_000));
            load.stop();
            assertThat(load.failed()).isZero();
            assertThat(load.slowest()).isLessThan(SLOWEST);
            assertThat(load.granted()).isEqualTo(load.answered());
        }
        long used = nodes.getFirst().usage(subject, subject.customerLimits()).toCompletableFuture().join()
                .lines().getFirst().count().used();
        assertThat(used).isGreaterThan(10_000);
        nodes.forEach(RedisQuotas::close);
    }

    @Test
    void oneNodeAdmitsExactlyTheLimitThroughAFailover() {
        Subject subject = subject(200_000);
        List<RedisQuotas> nodes = nodes(1, QuotaSettings.defaults());
        try (Load load = new Load(nodes, subject, 16)) {
            await().until(() -> load.granted() > 2_000);
            masterOf(subject).kill();
            awaitAway(nodes);
            awaitExact(nodes);
            await().atMost(Duration.ofSeconds(60)).until(() -> load.answered() > load.granted() + 1_000);
            load.stop();
            assertThat(load.granted()).isLessThanOrEqualTo(200_000);
        }
        nodes.forEach(RedisQuotas::close);
    }

    @Test
    void severalNodesThatTurnAwayMeanwhileLoseAtMostWhatWasUnderWay() {
        Subject subject = subject(20_000);
        List<RedisQuotas> nodes = nodes(3, QuotaSettings.defaults().onRedisFailure(FailurePolicy.CLOSED));
        try (Load load = new Load(nodes, subject, 30)) {
            await().until(() -> load.granted() > 2_000);
            masterOf(subject).kill();
            awaitAway(nodes);
            awaitExact(nodes);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> load.granted() >= 19_000 && nodes.getFirst().metrics().refused().sum() > 1_000);
            load.stop();
            System.out.printf("failover under load: %d admitted of %d, slowest answer %d ms%n",
                    load.granted(), 20_000, load.slowest().toMillis());
            assertThat(load.granted()).isBetween(20_000 - 2_000, 20_000 + 2 * 30);
            assertThat(load.slowest()).isLessThan(SLOWEST);
        }
        nodes.forEach(RedisQuotas::close);
    }

    @Test
    void aMasterThatStandsStillIsReplacedAndChangesNothingWhenItWakes() {
        Subject subject = subject(5_000);
        List<RedisQuotas> nodes = nodes(3, QuotaSettings.defaults().onRedisFailure(FailurePolicy.CLOSED));
        RedisProcess master = masterOf(subject);
        try (Load load = new Load(nodes, subject, 30)) {
            await().until(() -> load.granted() > 500);
            master.pause();
            awaitAway(nodes);
            awaitExact(nodes);
            master.resume();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> nodes.getFirst().metrics().refused().sum() > 1_000);
            load.stop();
            System.out.printf("paused master: %d admitted of %d, slowest answer %d ms%n",
                    load.granted(), 5_000, load.slowest().toMillis());
            assertThat(load.granted()).isBetween(5_000 - 500, 5_000 + 2 * 30);
            assertThat(load.slowest()).isLessThan(SLOWEST);
        }
        nodes.forEach(RedisQuotas::close);
    }
}
