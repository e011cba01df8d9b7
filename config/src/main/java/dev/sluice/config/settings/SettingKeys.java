package dev.sluice.config.settings;

import dev.sluice.config.settings.LogSettings.Level;
import dev.sluice.config.settings.QuotaSettings.OnRedisFailure;
import dev.sluice.config.settings.SandboxSettings.Contexts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Every key there is. Defaults and descriptions are in {@code defaults.properties}. */
final class SettingKeys {
    static final SettingKey<String> HTTP_HOST = new SettingKey<>("http.host", SettingTypes.host());
    static final SettingKey<Integer> HTTP_PORT = new SettingKey<>("http.port", SettingTypes.integer(0, 65_535));
    static final SettingKey<Long> HTTP_BODY_LIMIT =
            new SettingKey<>("http.body-limit", SettingTypes.size("1KiB", "64MiB"));
    static final SettingKey<Long> HTTP_MAX_BODY_BYTES =
            new SettingKey<>("http.max-body-bytes", SettingTypes.size("8MiB", "64GiB"));
    static final SettingKey<Integer> HTTP_MAX_CONNECTIONS =
            new SettingKey<>("http.max-connections", SettingTypes.integer(1, 1_000_000));
    static final SettingKey<Duration> HTTP_HEADER_TIMEOUT =
            new SettingKey<>("http.header-timeout", SettingTypes.duration("1s", "10m"));
    static final SettingKey<Duration> HTTP_BODY_TIMEOUT =
            new SettingKey<>("http.body-timeout", SettingTypes.duration("1s", "10m"));
    static final SettingKey<Path> DATA_DIR = new SettingKey<>("data-dir", SettingTypes.path());
    static final SettingKey<String> POSTGRES_URI = new SettingKey<>("postgres.uri", SettingTypes.postgresUri());
    static final SettingKey<List<String>> REDIS_URIS = new SettingKey<>("redis.uris", SettingTypes.redisUris());
    static final SettingKey<Integer> SANDBOX_PROCESSES =
            new SettingKey<>("sandbox.processes", SettingTypes.integer(0, 64));
    static final SettingKey<Long> SANDBOX_HEAP = new SettingKey<>("sandbox.heap", SettingTypes.size("64MiB", "64GiB"));
    static final SettingKey<Contexts> SANDBOX_CONTEXTS =
            new SettingKey<>("sandbox.contexts", SettingTypes.choice(Contexts.class));
    static final SettingKey<Integer> SANDBOX_MAX_CONCURRENT =
            new SettingKey<>("sandbox.max-concurrent", SettingTypes.integer(1, 10_000));
    static final SettingKey<Duration> EXECUTOR_DRAIN_GRACE =
            new SettingKey<>("executor.drain-grace", SettingTypes.duration("0s", "1h"));
    static final SettingKey<Duration> EXECUTOR_LEASE_TIMEOUT =
            new SettingKey<>("executor.lease-timeout", SettingTypes.duration("1s", "10m"));
    static final SettingKey<Integer> JOURNAL_MAX_PENDING =
            new SettingKey<>("journal.max-pending", SettingTypes.integer(1, 1_000_000));
    static final SettingKey<Long> JOURNAL_MAX_PENDING_BYTES =
            new SettingKey<>("journal.max-pending-bytes", SettingTypes.size("1MiB", "64GiB"));
    static final SettingKey<Duration> JOURNAL_RETENTION =
            new SettingKey<>("journal.retention", SettingTypes.duration("1d", "3650d"));
    static final SettingKey<Duration> JOURNAL_DEDUPLICATION_WINDOW =
            new SettingKey<>("journal.deduplication-window", SettingTypes.duration("1s", "30d"));
    static final SettingKey<OnRedisFailure> QUOTA_ON_REDIS_FAILURE =
            new SettingKey<>("quota.on-redis-failure", SettingTypes.choice(OnRedisFailure.class));
    static final SettingKey<Level> LOG_LEVEL = new SettingKey<>("log.level", SettingTypes.choice(Level.class));

    static final List<SettingKey<?>> ALL = List.of(
            HTTP_HOST,
            HTTP_PORT,
            HTTP_BODY_LIMIT,
            HTTP_MAX_BODY_BYTES,
            HTTP_MAX_CONNECTIONS,
            HTTP_HEADER_TIMEOUT,
            HTTP_BODY_TIMEOUT,
            DATA_DIR,
            POSTGRES_URI,
            REDIS_URIS,
            SANDBOX_PROCESSES,
            SANDBOX_HEAP,
            SANDBOX_CONTEXTS,
            SANDBOX_MAX_CONCURRENT,
            EXECUTOR_DRAIN_GRACE,
            EXECUTOR_LEASE_TIMEOUT,
            JOURNAL_MAX_PENDING,
            JOURNAL_MAX_PENDING_BYTES,
            JOURNAL_RETENTION,
            JOURNAL_DEDUPLICATION_WINDOW,
            QUOTA_ON_REDIS_FAILURE,
            LOG_LEVEL);

    private SettingKeys() {}
}
