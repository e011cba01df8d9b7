package dev.sluice.quota;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Limit;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class RateLimitHeadersTest {
    private static final long NOW = 1_770_000_018;
    private static final Count DAY = new Count(
            Scope.CUSTOMER, Dimension.EVENTS_PER_DAY, Limit.hardBlock(500), 20_486, 120, 82_800, NOW + 7_200);
    private static final Count MINUTE = new Count(
            Scope.CUSTOMER, Dimension.EVENTS_PER_MINUTE, Limit.hardBlock(10), 29_500_000, 3, 60, NOW + 42);
    private static final Count SOFT = new Count(
            Scope.ORGANIZATION, Dimension.EVENTS_PER_MINUTE, Limit.softLimit(5), 29_500_000, 6, 60, NOW + 42);

    private static Map<String, String> headers(Admission admission) {
        Map<String, String> headers = new LinkedHashMap<>();
        RateLimitHeaders.write(admission, NOW, headers::put);
        return headers;
    }

    @Test
    void aGrantSpeaksOfTheTightestLimitAndListsAll() {
        assertThat(headers(new Admission.Granted(List.of(DAY, MINUTE), QuotaMode.EXACT))).containsExactly(
                entry("X-RateLimit-Limit", "10"),
                entry("X-RateLimit-Remaining", "7"),
                entry("X-RateLimit-Reset", "1770000060"),
                entry("RateLimit-Policy", "\"events_per_day\";q=500;w=82800, \"events_per_minute\";q=10;w=60"),
                entry("RateLimit", "\"events_per_day\";r=380;t=7200, \"events_per_minute\";r=7;t=42"));
    }

    @Test
    void anExceededSoftLimitIsNamed() {
        assertThat(headers(new Admission.Granted(List.of(DAY, SOFT), QuotaMode.LOCAL)))
                .containsEntry("X-RateLimit-Remaining", "0")
                .containsEntry("X-RateLimit-Exceeded", "events_per_minute")
                .containsEntry("X-RateLimit-Mode", "local")
                .containsEntry("RateLimit",
                        "\"events_per_day\";r=380;t=7200, \"organization_events_per_minute\";r=0;t=42");
    }

    @Test
    void aRefusalSaysWhenToComeBack() {
        Count spent = new Count(
                Scope.CUSTOMER, Dimension.EVENTS_PER_MINUTE, Limit.hardBlock(10), 29_500_000, 10, 60, NOW + 42);
        assertThat(headers(new Admission.Refused(spent, 42, QuotaMode.EXACT))).containsExactly(
                entry("X-RateLimit-Limit", "10"),
                entry("X-RateLimit-Remaining", "0"),
                entry("X-RateLimit-Reset", "1770000060"),
                entry("RateLimit-Policy", "\"events_per_minute\";q=10;w=60"),
                entry("RateLimit", "\"events_per_minute\";r=0;t=42"),
                entry("Retry-After", "42"));
    }

    @Test
    void withoutLimitsThereIsNothingToSay() {
        assertThat(headers(Admission.Granted.UNLIMITED)).isEmpty();
    }

    @Test
    void withoutCountsOnlyWhenToComeBack() {
        assertThat(headers(new Admission.Unavailable(1)))
                .containsExactly(entry("Retry-After", "1"), entry("X-RateLimit-Mode", "closed"));
    }
}
