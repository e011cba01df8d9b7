package dev.sluice.quota.redis;

import dev.sluice.config.definition.Dimension.Window;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Count;
import dev.sluice.quota.Quotas;
import dev.sluice.quota.QuotasConformance;
import dev.sluice.quota.Subject;
import dev.sluice.quota.TestClock;
import dev.sluice.quota.testing.RedisProcess;
import io.lettuce.core.ScriptOutputType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.time.Duration;
import java.time.Instant;

import static org.awaitility.Awaitility.await;

/** Time on a Redis server cannot be set; so counts are made older instead. */
abstract class RedisConformance extends QuotasConformance {
    /** Makes the windows of counters by day (0) or by minute (1) one older. */
    private static final String OLDER = """
            local day, inDay, minute, inMinute = struct.unpack('<dddd', redis.call('GET', KEYS[1]))
            if ARGV[1] == '0' then day = day - 1 else minute = minute - 1 end
            local older = struct.pack('<dddd', day, inDay, minute, inMinute)
            return redis.call('SET', KEYS[1], older, 'KEEPTTL')
            """;

    private final TestClock clock = TestClock.real(Duration.ZERO);
    private RedisQuotas quotas;

    /** How to reach the servers. */
    abstract RedisSettings settings();

    /** The server that holds an organization's counts. */
    abstract RedisProcess server(Subject subject);

    @BeforeEach
    void open() {
        quotas = RedisQuotas.open(QuotaSettings.defaults(), settings(), clock);
        get(quotas.connected());
    }

    @AfterEach
    void close() {
        quotas.close();
    }

    @Override
    protected Quotas quotas() {
        return quotas;
    }

    @Override
    protected Instant now() {
        return Instant.now();
    }

    @Override
    protected void calmMinute() {
        await().atMost(Duration.ofSeconds(30)).until(() -> now().getEpochSecond() % 60 < 52);
    }

    @Override
    protected void passMinute(Subject subject) {
        clock.advance(Duration.ofMinutes(1));
        age(subject, 1);
    }

    @Override
    protected Admission.Granted minuteAgo(Admission.Granted granted) {
        return new Admission.Granted(granted.counts().stream().map(RedisConformance::older).toList(), granted.mode());
    }

    private static Count older(Count count) {
        return count.dimension().window() == Window.DAY
                ? count
                : new Count(count.scope(), count.dimension(), count.limit(), count.window() - 1, count.used(),
                        count.windowSeconds(), count.resetEpochSecond() - 60);
    }

    @Override
    protected void passDay(Subject subject) {
        clock.advance(Duration.ofDays(1));
        age(subject, 1);
        age(subject, 0);
    }

    private void age(Subject subject, int windows) {
        server(subject).ask(redis -> {
            for (String key : redis.keys("*" + subject.organizationId() + "*")) {
                redis.eval(OLDER, ScriptOutputType.STATUS, new String[] {key}, Integer.toString(windows));
            }
            return true;
        });
    }
}
