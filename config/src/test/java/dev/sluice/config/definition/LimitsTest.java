package dev.sluice.config.definition;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static dev.sluice.config.definition.Dimension.API_CALLS_PER_DAY;
import static dev.sluice.config.definition.Dimension.EVENTS_PER_DAY;
import static dev.sluice.config.definition.Dimension.EVENTS_PER_MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LimitsTest {
    @Test
    void readsWhatItWrites() {
        Limits limits = Limits.of(Map.of(
                EVENTS_PER_DAY, Limit.hardBlock(500),
                EVENTS_PER_MINUTE, Limit.softLimit(10),
                API_CALLS_PER_DAY, new Limit(7, Enforcement.OFF)));
        assertThat(Limits.fromJson(new JsonObject(limits.toJson().encode()))).isEqualTo(limits).hasToString("""
                {"events_per_day":{"limit":500,"enforcement":"hard_block"},\
                "events_per_minute":{"limit":10,"enforcement":"soft_limit"},\
                "api_calls_per_day":{"limit":7,"enforcement":"off"}}""");
    }

    @Test
    void leavesOutWhatHasADefault() {
        Limits limits = Limits.fromJson(new JsonObject("""
                {"events_per_day": {"limit": 3}, "events_per_minute": {"enforcement": "off"}}"""));
        assertThat(limits.get(EVENTS_PER_DAY)).isEqualTo(Limit.hardBlock(3));
        assertThat(limits.get(EVENTS_PER_MINUTE)).isEqualTo(new Limit(0, Enforcement.OFF));
        assertThat(limits.get(API_CALLS_PER_DAY)).isNull();
    }

    @Test
    void anOverrideReplacesOnlyTheDimensionsItNames() {
        Limits merged = Plan.FREE.limits().overriddenBy(Limits.of(Map.of(EVENTS_PER_DAY, Limit.softLimit(9))));
        assertThat(merged.get(EVENTS_PER_DAY)).isEqualTo(Limit.softLimit(9));
        assertThat(merged.get(EVENTS_PER_MINUTE)).isEqualTo(Limit.hardBlock(10));
        assertThat(Plan.FREE.limits().get(EVENTS_PER_DAY)).isEqualTo(Limit.hardBlock(500));
    }

    @Test
    void isUnlimitedWhenNothingCounts() {
        assertThat(Plan.UNLIMITED.limits().isUnlimited()).isTrue();
        assertThat(Limits.of(Map.of(EVENTS_PER_DAY, new Limit(5, Enforcement.OFF))).isUnlimited()).isTrue();
        assertThat(Plan.FREE.limits().isUnlimited()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "{\"events_per_year\": {\"limit\": 1}}                              | events_per_year",
        "{\"events_per_day\": 500}                                          | events_per_day",
        "{\"events_per_day\": {}}                                           | events_per_day.limit",
        "{\"events_per_day\": {\"limit\": -1}}                              | events_per_day.limit",
        "{\"events_per_day\": {\"limit\": 1.5}}                             | events_per_day.limit",
        "{\"events_per_day\": {\"limit\": \"5\"}}                           | events_per_day.limit",
        "{\"events_per_day\": {\"limit\": null}}                            | events_per_day.limit",
        "{\"events_per_day\": {\"limit\": 10000000000001}}                | events_per_day.limit",
        "{\"events_per_day\": {\"limit\": 99999999999999999999}}            | events_per_day.limit",
        "{\"events_per_day\": {\"limit\": 1, \"enforcement\": \"soft\"}}    | events_per_day.enforcement",
        "{\"events_per_day\": {\"limit\": 1, \"enforcement\": null}}        | events_per_day.enforcement",
        "{\"events_per_day\": {\"limit\": 1, \"per\": 2}}                   | events_per_day.per"
    })
    void namesTheFieldAtFault(String json, String field) {
        assertThatExceptionOfType(InvalidDefinitionException.class)
                .isThrownBy(() -> Limits.fromJson(new JsonObject(json)))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field))
                .withMessageStartingWith(field + ": ");
    }
}
