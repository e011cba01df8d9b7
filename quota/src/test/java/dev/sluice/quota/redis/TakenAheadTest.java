package dev.sluice.quota.redis;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Limit;
import dev.sluice.config.definition.Limits;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Kind;
import dev.sluice.quota.Subject;
import dev.sluice.quota.Subjects;
import dev.sluice.quota.TestClock;
import dev.sluice.quota.testing.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TakenAheadTest {
    private static final Limits LARGE = Limits.of(Map.of(
            Dimension.EVENTS_PER_DAY, Limit.hardBlock(1_000_000), Dimension.EVENTS_PER_MINUTE, Limit.hardBlock(500_000)));

    private RedisProcess redis;
    private RedisQuotas quotas;

    @BeforeEach
    void start() {
        redis = RedisProcess.start();
        quotas = open();
    }

    @AfterEach
    void stop() {
        quotas.close();
        redis.close();
    }

    private RedisQuotas open() {
        RedisQuotas node = RedisQuotas.open(
                QuotaSettings.defaults(), RedisSettings.standalone(redis.uri()), TestClock.real(Duration.ZERO));
        node.connected().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        return node;
    }

    private static Admission get(CompletionStage<Admission> answer) {
        return answer.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Asks for so many at once; answers how many were decided without waiting for Redis. */
    private static int crowd(RedisQuotas node, Subject subject, int callers) {
        List<CompletionStage<Admission>> asked = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            asked.add(node.admit(subject, Kind.EVENT));
        }
        int atOnce = (int) asked.stream().filter(answer -> answer.toCompletableFuture().isDone()).count();
        assertThat(asked).allMatch(answer -> get(answer) instanceof Admission.Granted);
        return atOnce;
    }

    private static long used(RedisQuotas node, Subject subject) {
        return node.usage(subject, subject.customerLimits()).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join()
                .lines().stream().filter(line -> line.count().dimension() == Dimension.EVENTS_PER_DAY)
                .findFirst().orElseThrow().count().used();
    }

    @Test
    void aCrowdIsServedFromMemoryAndWhatItDoesNotTakeGoesBack() {
        Subject subject = Subjects.customer(LARGE);
        crowd(quotas, subject, 32);
        crowd(quotas, subject, 32);
        crowd(quotas, subject, 32);
        int atOnce = crowd(quotas, subject, 32);

        assertThat(atOnce).as("decided without a call").isPositive();
        await().atMost(Duration.ofSeconds(10)).until(() -> used(quotas, subject) == 128);
    }

    @Test
    void whoComesAloneIsCountedAlone() {
        Subject subject = Subjects.customer(LARGE);
        for (int i = 1; i <= 20; i++) {
            get(quotas.admit(subject, Kind.EVENT));
            assertThat(used(quotas, subject)).isEqualTo(i);
        }
    }

    @Test
    void aSmallLimitIsNeverTakenAhead() {
        Subject subject = Subjects.customer(Subjects.limits(Dimension.EVENTS_PER_DAY, Limit.hardBlock(500)));
        for (int i = 1; i <= 10; i++) {
            crowd(quotas, subject, 40);
            assertThat(used(quotas, subject)).isEqualTo(40L * i);
        }
    }

    @Test
    void severalNodesTogetherAdmitExactlyTheLimit() {
        Subject subject = Subjects.customer(Subjects.limits(Dimension.EVENTS_PER_DAY, Limit.hardBlock(60_000)));
        try (RedisQuotas second = open();
                RedisQuotas third = open();
                Load load = new Load(List.of(quotas, second, third), subject, 96)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> load.granted() >= 60_000);
            int answered = load.answered();
            await().until(() -> load.answered() > answered + 5_000);
            load.stop();

            assertThat(load.granted()).isEqualTo(60_000);
            assertThat(load.failed()).isZero();
        }
    }

    @Test
    void nobodyIsRefusedForWhatTheNodeItselfHolds() {
        for (int i = 0; i < 20; i++) {
            Subject subject = Subjects.customer(Subjects.limits(Dimension.EVENTS_PER_DAY, Limit.hardBlock(3_000)));
            List<CompletionStage<Admission>> asked = new ArrayList<>();
            for (int caller = 0; caller < 6_000; caller++) {
                asked.add(quotas.admit(subject, Kind.EVENT));
            }
            assertThat(asked.stream().filter(answer -> get(answer) instanceof Admission.Granted)).hasSize(3_000);
        }
    }

    @Test
    void aChangedLimitHoldsAtOnce() {
        Subject subject = Subjects.customer(LARGE);
        crowd(quotas, subject, 32);
        crowd(quotas, subject, 32);
        Subject lowered = Subjects.with(subject, Subjects.limits(Dimension.EVENTS_PER_DAY, Limit.hardBlock(10)));

        assertThat(get(quotas.admit(lowered, Kind.EVENT))).isInstanceOf(Admission.Refused.class);
        await().atMost(Duration.ofSeconds(10)).until(() -> used(quotas, subject) == 64);
    }
}
