package dev.sluice.benchmarks.quota;

import dev.sluice.quota.local.LocalQuotas;
import dev.sluice.quota.redis.QuotaSettings;
import dev.sluice.quota.redis.RedisClients;
import dev.sluice.quota.redis.RedisQuotas;
import dev.sluice.quota.redis.RedisSettings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code ./sluice bench quota}: decisions a second, beside PING, a plain script and Bucket4j, in one run. */
public final class QuotaBench {
    private static final int KEYS = 1_000;

    private QuotaBench() {}

    /** Runs the benchmark; {@code --help} names the options. */
    public static void run(List<String> arguments) throws Exception {
        QuotaOptions options = QuotaOptions.parse(arguments);
        if (!options.redis().isEmpty()) {
            run(options.redis(), options);
            return;
        }
        try (BenchRedis redis = BenchRedis.start()) {
            run(redis.uri(), options);
        }
    }

    private static void run(String uri, QuotaOptions options) throws Exception {
        int rounds = options.rounds();
        double seconds = options.seconds();
        int inFlight = options.inFlight();
        RedisSettings settings = RedisSettings.standalone(uri);
        RedisClient client = RedisClients.standalone(settings);
        try (StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
                RedisQuotas quotas = RedisQuotas.open(QuotaSettings.defaults(), settings, InstantSource.system())) {
            quotas.connected().toCompletableFuture().get();
            System.out.printf(Locale.ROOT, "Redis %s at %s, %d in flight, %d rounds of %.1f s after warming up, "
                    + "command timeout %d ms, %d processors, Java %s%n", version(connection), uri, inFlight, rounds,
                    seconds, settings.commandTimeout().toMillis(), Runtime.getRuntime().availableProcessors(),
                    Runtime.version());
            Ours ours = new Ours(KEYS, inFlight);
            List<Contestant> onRedis = new ArrayList<>(new Peers(connection, KEYS, inFlight).all());
            onRedis.addAll(ours.onRedis(quotas));
            Rounds.run(onRedis, rounds, seconds).print("calls to Redis; ratio to PING", true);
            long calls = quotas.metrics().redisCalls().sum();
            System.out.printf(Locale.ROOT, "  Sluice: %.1f decisions a call to Redis on average, %d without Redis%n",
                    (double) quotas.metrics().granted().sum() / calls,
                    quotas.metrics().decidedWithoutRedis().sum());
            Rounds.run(ours.inMemory(new LocalQuotas(InstantSource.system())), rounds, seconds)
                    .print("in memory, one thread", false);
            ClockSkew.print(connection, uri);
        } finally {
            client.shutdown();
            client.getResources().shutdown().get();
        }
    }

    private static String version(StatefulRedisConnection<byte[], byte[]> connection) {
        return connection.sync().info("server").lines().filter(line -> line.startsWith("redis_version:"))
                .findFirst().map(line -> line.substring(line.indexOf(':') + 1)).orElse("of unknown version");
    }
}
