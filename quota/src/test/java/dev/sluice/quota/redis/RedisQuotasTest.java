package dev.sluice.quota.redis;

import dev.sluice.quota.Subject;
import dev.sluice.quota.testing.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisQuotasTest extends RedisConformance {
    private static RedisProcess redis;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Override
    RedisSettings settings() {
        return RedisSettings.standalone(redis.uri());
    }

    @Override
    RedisProcess server(Subject subject) {
        return redis;
    }
}
