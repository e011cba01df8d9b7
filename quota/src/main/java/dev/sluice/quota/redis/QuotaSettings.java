package dev.sluice.quota.redis;

import dev.sluice.quota.FailurePolicy;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * How quotas behave on Redis.
 *
 * @param onRedisFailure what decides while Redis is away
 * @param nodes how many nodes share a limit while they cannot hear of each other; asked at each decision
 * @param probeInterval how often a Redis that is away is asked whether it is back
 * @param rememberedBlocks how many hard blocks of each kind are remembered at most
 * @param askAgainAfter how often a remembered block is checked with Redis while requests keep coming
 */
public record QuotaSettings(
        FailurePolicy onRedisFailure, IntSupplier nodes, Duration probeInterval, int rememberedBlocks,
        Duration askAgainAfter) {
    public static QuotaSettings defaults() {
        return new QuotaSettings(FailurePolicy.LOCAL, () -> 1, Duration.ofMillis(200), 100_000, Duration.ofSeconds(1));
    }

    public QuotaSettings onRedisFailure(FailurePolicy policy) {
        return new QuotaSettings(policy, nodes, probeInterval, rememberedBlocks, askAgainAfter);
    }

    public QuotaSettings nodes(IntSupplier supplier) {
        return new QuotaSettings(onRedisFailure, supplier, probeInterval, rememberedBlocks, askAgainAfter);
    }
}
