package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.json.Utf8;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a change of routes would have changed. */
final class ComparisonTest {

    @Test
    void tellsWhatIsGainedAndLost() {
        Matcher before = Matcher.compile(List.of(Matching.filter("{\"a\":1}"), Matching.filter("{\"b\":1}")));
        Matcher after = Matcher.compile(Arrays.asList(Matching.filter("{\"a\":2}"), Matching.filter("{\"b\":1}"), null));
        Comparison comparison = new Comparison(before, after);
        assertThat(add(comparison, "{\"a\":1,\"b\":1}")).isTrue();
        assertThat(comparison.gained()).containsExactly(2);
        assertThat(comparison.lost()).containsExactly(0);
        assertThat(add(comparison, "not json")).isFalse();
        assertThat(comparison.events()).isEqualTo(2);
        assertThat(comparison.changed()).isEqualTo(1);
        assertThat(comparison.matchedBefore(1)).isEqualTo(1);
        assertThat(comparison.matchedAfter(0)).isZero();
        assertThat(comparison.matchedAfter(2)).isEqualTo(1);
    }

    private static boolean add(Comparison comparison, String body) {
        byte[] bytes = Utf8.bytes(body);
        return comparison.add(bytes, 0, bytes.length, RequestScope.NONE);
    }
}
