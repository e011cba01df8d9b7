package dev.sluice.config.definition;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class RetryPolicyTest {
    private final Random random = new Random(42);

    @Test
    void theWaitIsSpreadBetweenZeroAndACeilingThatDoublesUpToItsMaximum() {
        RetryPolicy policy = new RetryPolicy(20, Duration.ofSeconds(5), 2, Duration.ofSeconds(60));
        long[] ceilings = {5_000, 10_000, 20_000, 40_000, 60_000, 60_000};

        for (int attempt = 1; attempt <= ceilings.length; attempt++) {
            long ceiling = ceilings[attempt - 1];
            int number = attempt;
            long[] waits = LongStream.generate(() -> policy.delayAfter(number, random).toMillis()).limit(2000).toArray();

            assertThat(LongStream.of(waits).min().orElseThrow()).isBetween(0L, ceiling / 20);
            assertThat(LongStream.of(waits).max().orElseThrow()).isBetween(ceiling * 19 / 20, ceiling);
            assertThat(LongStream.of(waits).average().orElseThrow()).isBetween(ceiling * 0.45, ceiling * 0.55);
        }
    }

    @Test
    void aSteepCoefficientDoesNotOverflow() {
        RetryPolicy policy = new RetryPolicy(20, Duration.ofHours(1), 10, Duration.ofDays(1));
        assertThat(policy.delayAfter(1_000, random)).isBetween(Duration.ZERO, Duration.ofDays(1));
        assertThat(RetryPolicy.NEVER.delayAfter(1, random)).isZero();
    }
}
