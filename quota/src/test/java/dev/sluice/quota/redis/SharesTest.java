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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static dev.sluice.config.definition.Dimension.EVENTS_PER_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two nodes that each take their share while Redis is away, of which one finds it again well before the other. */
class SharesTest {
    private static final Duration PROMPT = Duration.ofMillis(100);
    private static final Duration LATE = Duration.ofSeconds(3);

    private final Subject subject = Subjects.customer(Subjects.limits(EVENTS_PER_DAY, Limit.hardBlock(100)));
    private RedisProcess redis;
    private RedisQuotas first;
    private RedisQuotas second;

    @BeforeEach
    void loseRedis() {
        redis = RedisProcess.start();
        first = open(PROMPT);
        second = open(LATE);
        assertThat(granted(first, 10) + granted(second, 10)).isEqualTo(20);
        assertThat(granted(first, 1)).isEqualTo(1);
        redis.pause();
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        redis.close();
    }

    private RedisQuotas open(Duration probeInterval) {
        RedisQuotas quotas = RedisQuotas.open(
                new QuotaSettings(FailurePolicy.LOCAL, () -> 2, probeInterval, 100, Duration.ofMillis(100)),
                RedisSettings.standalone(redis.uri()), InstantSource.system());
        get(quotas.connected());
        return quotas;
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private long granted(RedisQuotas quotas, int times) {
        return IntStream.range(0, times).mapToObj(i -> get(quotas.admit(subject, Kind.EVENT)))
                .filter(Admission.Granted.class::isInstance).count();
    }

    private long used() {
        return get(first.usage(subject, Limits.NONE)).lines().getFirst().count().used();
    }

    private static void awaitExact(RedisQuotas quotas) {
        await().atMost(Duration.ofSeconds(15)).until(() -> quotas.mode() == QuotaMode.EXACT);
    }

    /** The first last heard 21, the second 20. */
    @Test
    void theOneThatIsBackDoesNotTakeTheShareOfTheOther() {
        assertThat(granted(first, 100)).isEqualTo(39);
        assertThat(granted(second, 100)).isEqualTo(40);
        redis.resume();
        awaitExact(first);
        assertThat(granted(first, 100)).isZero();
        awaitExact(second);
        assertThat(granted(second, 100)).isZero();
        assertThat(used()).isEqualTo(100);
    }

    @Test
    void whatIsLeftOfSharesIsForAllOnceAllMustBeBack() {
        assertThat(granted(first, 30)).isEqualTo(30);
        assertThat(granted(second, 5)).isEqualTo(5);
        redis.resume();
        awaitExact(first);
        assertThat(granted(first, 100)).as("its share and no more").isEqualTo(9);
        awaitExact(second);
        long[] more = new long[1];
        await().atMost(Duration.ofSeconds(15)).until(() -> (more[0] += granted(first, 1)) == 100 - 21 - 39 - 5);
        assertThat(granted(first, 5) + granted(second, 5)).isZero();
        assertThat(used()).isEqualTo(100);
    }
}
