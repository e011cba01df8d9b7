package dev.sluice.gateway;

import dev.sluice.config.settings.Connections;
import dev.sluice.quota.FailurePolicy;
import dev.sluice.quota.Quotas;
import dev.sluice.quota.redis.QuotaSettings;
import dev.sluice.quota.redis.RedisQuotas;
import dev.sluice.quota.redis.RedisSettings;

import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;

/** Opens the quotas as the settings say. */
final class Quoting {
    private Quoting() {}

    static Quotas open(dev.sluice.config.settings.QuotaSettings settings, Connections connections, IntSupplier nodes) {
        FailurePolicy policy = switch (settings.onRedisFailure()) {
            case LOCAL -> FailurePolicy.LOCAL;
            case OPEN -> FailurePolicy.OPEN;
            case CLOSED -> FailurePolicy.CLOSED;
        };
        List<String> uris = connections.redisUris();
        RedisSettings redis = uris.size() == 1 ? RedisSettings.standalone(uris.getFirst()) : RedisSettings.cluster(uris);
        return RedisQuotas.open(QuotaSettings.defaults().onRedisFailure(policy).nodes(nodes), redis, InstantSource.system());
    }
}
