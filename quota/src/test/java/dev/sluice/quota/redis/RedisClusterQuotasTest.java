package dev.sluice.quota.redis;

import dev.sluice.quota.Subject;
import dev.sluice.quota.testing.RedisClusterProcesses;
import dev.sluice.quota.testing.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisClusterQuotasTest extends RedisConformance {
    private static RedisClusterProcesses cluster;

    @BeforeAll
    static void start() {
        cluster = RedisClusterProcesses.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    RedisSettings settings() {
        return RedisSettings.cluster(cluster.uris());
    }

    @Override
    RedisProcess server(Subject subject) {
        return cluster.masterOf("{" + subject.organizationId() + "}");
    }
}
