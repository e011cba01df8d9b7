package dev.sluice.quota.redis;

import dev.sluice.config.definition.Limit;
import dev.sluice.config.definition.Limits;
import dev.sluice.quota.Admission;
import dev.sluice.quota.FailurePolicy;
import dev.sluice.quota.Kind;
import dev.sluice.quota.QuotaMode;
import dev.sluice.quota.Subject;
import dev.sluice.quota.Subjects;
import dev.sluice.quota.testing.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static dev.sluice.config.definition.Dimension.EVENTS_PER_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What happens while a Redis is gone or stands still, and after. */
class RedisAwayTest {
    private static final Duration SLOWEST = Duration.ofSeconds(2);

    private final Subject subject = Subjects.customer(Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(100)));
    private RedisProcess redis;

    @BeforeEach
    void start() {
        redis = RedisProcess.start();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    private RedisQuotas open(QuotaSettings settings) {
        RedisQuotas quotas = RedisQuotas.open(settings, RedisSettings.standalone(redis.uri()), InstantSource.system());
        get(quotas.connected());
        return quotas;
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private List<Admission> ask(RedisQuotas quotas, int times) {
        return IntStream.range(0, times).mapToObj(i -> get(quotas.admit(subject, Kind.EVENT))).toList();
    }

    private static long granted(List<Admission> answers) {
        return answers.stream().filter(Admission.Granted.class::isInstance).count();
    }

    private long used(RedisQuotas quotas) {
        return get(quotas.usage(subject, Limits.NONE)).lines().getFirst().count().used();
    }

    private static void awaitExact(RedisQuotas quotas) {
        await().atMost(Duration.ofSeconds(15)).until(() -> quotas.mode() == QuotaMode.EXACT);
    }

    @Test
    void oneNodeGoesOnCountingAndLosesNothing() {
        try (RedisQuotas quotas = open(QuotaSettings.defaults())) {
            assertThat(granted(ask(quotas, 30))).isEqualTo(30);
            redis.kill();
            List<Admission> meanwhile = ask(quotas, 100);
            assertThat(granted(meanwhile)).isEqualTo(70);
            assertThat(meanwhile).allMatch(answer -> answer.mode() == QuotaMode.LOCAL);
            assertThat(quotas.mode()).isEqualTo(QuotaMode.LOCAL);
            assertThat(get(quotas.usage(subject, Limits.NONE)).mode()).isEqualTo(QuotaMode.LOCAL);
            redis.startAgain();
            awaitExact(quotas);
            assertThat(used(quotas)).isEqualTo(100);
            assertThat(granted(ask(quotas, 5))).isZero();
        }
    }

    @Test
    void ofSeveralNodesEachTakesItsShareOfWhatWasLeft() {
        try (RedisQuotas one = open(QuotaSettings.defaults().nodes(() -> 3));
                RedisQuotas two = open(QuotaSettings.defaults().nodes(() -> 3));
                RedisQuotas three = open(QuotaSettings.defaults().nodes(() -> 3))) {
            List<RedisQuotas> nodes = List.of(one, two, three);
            nodes.forEach(node -> ask(node, 13));
            redis.pause();
            // They last heard 13, 26 and 39; the first has not heard of the others.
            assertThat(nodes.stream().map(node -> granted(ask(node, 100)))).containsExactly(29L, 20L, 20L);
            redis.resume();
            nodes.forEach(RedisAwayTest::awaitExact);
            assertThat(used(one)).isEqualTo(39 + 29 + 20 + 20);
            assertThat(granted(ask(one, 5))).isZero();
        }
    }

    @Test
    void openAdmitsEverythingAndCountsItLater() {
        try (RedisQuotas quotas = open(QuotaSettings.defaults().onRedisFailure(FailurePolicy.OPEN))) {
            ask(quotas, 1);
            redis.kill();
            List<Admission> meanwhile = ask(quotas, 150);
            assertThat(granted(meanwhile)).isEqualTo(150);
            assertThat(meanwhile).allMatch(answer -> answer.mode() == QuotaMode.OPEN);
            redis.startAgain();
            awaitExact(quotas);
            assertThat(used(quotas)).isEqualTo(151);
        }
    }

    @Test
    void closedTurnsEverythingAwayThatHasALimit() {
        try (RedisQuotas quotas = open(QuotaSettings.defaults().onRedisFailure(FailurePolicy.CLOSED))) {
            ask(quotas, 1);
            redis.kill();
            assertThat(ask(quotas, 5)).containsOnly(new Admission.Unavailable(1));
            Subject unlimited = Subjects.customer(Limits.NONE);
            assertThat(get(quotas.admit(unlimited, Kind.EVENT))).isEqualTo(Admission.Granted.UNLIMITED);
            redis.startAgain();
            awaitExact(quotas);
            assertThat(granted(ask(quotas, 1))).isEqualTo(1);
            assertThat(used(quotas)).isEqualTo(2);
        }
    }

    @Test
    void whatIsGivenBackMeanwhileIsGivenBackForAll() {
        try (RedisQuotas quotas = open(QuotaSettings.defaults())) {
            Admission.Granted before = (Admission.Granted) ask(quotas, 10).getLast();
            redis.kill();
            Admission.Granted meanwhile = (Admission.Granted) ask(quotas, 10).getLast();
            quotas.giveBack(subject, before);
            quotas.giveBack(subject, meanwhile);
            redis.startAgain();
            awaitExact(quotas);
            assertThat(used(quotas)).isEqualTo(18);
        }
    }

    @Test
    void aRedisThatStandsStillIsNotWaitedForAndCountsNothingTwice() {
        try (RedisQuotas quotas = open(QuotaSettings.defaults())) {
            ask(quotas, 10);
            redis.pause();
            int granted;
            try (Load load = new Load(List.of(quotas), subject, 16)) {
                await().until(() -> quotas.mode() == QuotaMode.LOCAL && load.granted() > 20);
                redis.resume();
                awaitExact(quotas);
                load.stop();
                assertThat(load.slowest()).isLessThan(SLOWEST);
                assertThat(load.failed()).isZero();
                granted = 10 + load.granted();
            }
            assertThat(granted).isLessThanOrEqualTo(100);
            assertThat(used(quotas)).isEqualTo(granted);
        }
    }

    @Test
    void aNodeThatStartsWithoutRedisDecidesByThePolicy() {
        redis.kill();
        try (RedisQuotas quotas = RedisQuotas.open(QuotaSettings.defaults().nodes(() -> 4),
                RedisSettings.standalone(redis.uri()), InstantSource.system())) {
            assertThat(quotas.mode()).isEqualTo(QuotaMode.LOCAL);
            assertThat(granted(ask(quotas, 100))).isEqualTo(25);
            redis.startAgain();
            awaitExact(quotas);
            assertThat(used(quotas)).isEqualTo(25);
            assertThat(quotas.metrics().decidedWithoutRedis().sum()).isEqualTo(100);
        }
    }

    @Test
    void anIdleNodeRestoresWhatItKnowsWhenItComesBackToACustomer() {
        Subject other = Subjects.customer(Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(100)));
        try (RedisQuotas quotas = open(QuotaSettings.defaults())) {
            ask(quotas, 40);
            redis.kill();
            get(quotas.admit(other, Kind.EVENT));
            redis.startAgain();
            awaitExact(quotas);
            // Nothing was asked about the first customer while Redis lost its count.
            assertThat(granted(ask(quotas, 100))).isEqualTo(60);
        }
    }
}
