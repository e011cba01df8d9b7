package dev.sluice.quota.local;

import dev.sluice.quota.Quotas;
import dev.sluice.quota.QuotasConformance;
import dev.sluice.quota.Subject;
import dev.sluice.quota.TestClock;

import java.time.Duration;
import java.time.Instant;

class LocalQuotasTest extends QuotasConformance {
    private final TestClock clock = TestClock.at("2026-03-10T12:00:05Z");
    private final Quotas quotas = new LocalQuotas(clock);

    @Override
    protected Quotas quotas() {
        return quotas;
    }

    @Override
    protected void calmMinute() {
        // The clock stands still.
    }

    @Override
    protected void passMinute(Subject subject) {
        clock.advance(Duration.ofMinutes(1));
    }

    @Override
    protected void passDay(Subject subject) {
        clock.advance(Duration.ofDays(1));
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }
}
