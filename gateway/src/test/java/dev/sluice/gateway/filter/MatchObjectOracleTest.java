package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.json.Utf8;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Generated match-objects, many compiled together, mean what the reference evaluator says. */
final class MatchObjectOracleTest {
    private static final int ROUNDS = 300;
    private static final int FILTERS = 20;
    private static final int EVENTS = 20;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void agreesWithTheReference(boolean loose) throws FilterException {
        Random random = new Random(loose ? 5 : 4);
        RandomMatchObjects filters = new RandomMatchObjects(random);
        RandomEvents events = new RandomEvents(random, true);
        JsonWriter writer = new JsonWriter(random, false);
        Match match = new Match();
        int matches = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Map<String, ?>> trees = new ArrayList<>();
            List<Filter> parsed = new ArrayList<>();
            for (int i = 0; i < FILTERS; i++) {
                trees.add(filters.filter());
                parsed.add(Filter.of(Map.of("syntax", "match", "compare", loose ? "loose" : "strict", "pattern", trees.getLast())));
            }
            Matcher matcher = Matcher.compile(parsed);
            for (int e = 0; e < EVENTS; e++) {
                Map<String, ?> event = events.event();
                String body = writer.write(event);
                matcher.match(Utf8.bytes(body), RequestScope.NONE, match);
                TreeSet<Integer> found = new TreeSet<>();
                for (int route : match.routes()) {
                    found.add(route);
                }
                matches += found.size();
                ReferenceEvaluator reference = new ReferenceEvaluator(event, loose);
                for (int i = 0; i < FILTERS; i++) {
                    assertThat(found.contains(i)).as("%s on %s", JsonWriter.plain(trees.get(i)), JsonWriter.plain(event))
                            .isEqualTo(reference.matches(trees.get(i)));
                }
            }
        }
        assertThat(matches).isBetween(ROUNDS * FILTERS * EVENTS / 100, ROUNDS * FILTERS * EVENTS * 9 / 10);
    }
}
