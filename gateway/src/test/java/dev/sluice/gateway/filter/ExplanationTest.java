package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.explain.Explanation;
import dev.sluice.gateway.filter.explain.Explanation.Finding;
import dev.sluice.gateway.filter.json.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/** Which conditions held, which did not, and what was seen. */
final class ExplanationTest {
    private static final byte[] BODY = Utf8.bytes("{\"type\":\"closed\",\"total\":99.50,\"tags\":[\"a\", 1]}");

    @Test
    void namesEveryConditionAndTheValueSeen() {
        Explanation explanation = explained("{\"type\":{\"$in\":[\"opened\",\"closed\"]},\"total\":{\"$gte\":100},"
                + "\"user.name\":{\"$exists\":true},\"tags\":{\"$not\":{\"$contains\":1}}}", BODY);
        assertThat(explanation.matched()).isFalse();
        assertThat(explanation.findings().subList(0, 3)).containsExactly(
                new Finding("type", "$in [\"opened\", \"closed\"]", false, true, "\"closed\""),
                new Finding("total", "$gte 100", false, false, "99.50"),
                new Finding("user.name", "$exists true", false, false, null));
        assertThat(explanation.findings().subList(3, 4)).containsExactly(
                new Finding("tags", "$eq 1", true, true, "[\"a\", 1]"));
        assertThat(explanation.findings().get(3).satisfied()).isFalse();
    }

    @Test
    void longValuesAreCutBetweenCharacters() {
        Explanation explanation = explained("{\"a\":\"x\"}", Utf8.bytes("{\"a\":\"" + "é".repeat(200) + "\"}"));
        assertThat(explanation.findings().getFirst().seen()).isEqualTo('"' + "é".repeat(60) + "…\"");
    }

    @Test
    void aBodyThatIsNoJsonHasNoExplanation() {
        assertThat(explain("{\"a\":1}", Utf8.bytes("{"))).isNull();
    }

    @Test
    void outcomesTellTheFirstObstacleOfEachRoute() {
        Matcher matcher = Matcher.compile(Arrays.asList(Matching.filter("{\"type\":\"closed\"}"), null,
                Matching.filter("{\"type\":\"closed\",\"total\":{\"$gt\":100}}")));
        Match match = new Match();
        matcher.match(BODY, RequestScope.NONE, match);
        assertThat(matcher.outcomes(match)).containsExactly(new RouteOutcome(0, true, null), new RouteOutcome(1, true, null),
                new RouteOutcome(2, false, new Finding("total", "$gt 100", false, false, "99.50")));
    }

    private static Explanation explained(String filter, byte[] body) {
        return Objects.requireNonNull(explain(filter, body));
    }

    private static @Nullable Explanation explain(String filter, byte[] body) {
        return Matcher.compile(List.of(Matching.filter(filter))).explain(0, body, 0, body.length, RequestScope.NONE);
    }
}
