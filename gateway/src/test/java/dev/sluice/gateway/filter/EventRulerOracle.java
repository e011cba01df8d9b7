package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.json.Utf8;
import software.amazon.event.ruler.Machine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares our answers with event-ruler's, and counts, because a clean run proves something only if it was long. */
final class EventRulerOracle {
    private final Match match = new Match();
    private int pairs;
    private int matches;

    /** Compiles all rules together, in both, and compares the matches of each body. */
    void compare(List<String> rules, List<String> bodies) throws Exception {
        Machine machine = Machine.builder().build();
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            machine.addRule(Integer.toString(i), rules.get(i));
            filters.add(Matching.filter("{\"syntax\":\"eventbridge\",\"pattern\":" + rules.get(i) + "}"));
        }
        Matcher matcher = Matcher.compile(filters);
        for (String body : bodies) {
            TreeSet<Integer> expected = new TreeSet<>();
            for (String rule : machine.rulesForJSONEvent(body)) {
                expected.add(Integer.valueOf(rule));
            }
            matcher.match(Utf8.bytes(body), RequestScope.NONE, match);
            assertThat(match.valid()).as(body).isTrue();
            TreeSet<Integer> found = new TreeSet<>();
            for (int route : match.routes()) {
                found.add(route);
            }
            for (int i = 0; i < rules.size(); i++) {
                if (found.contains(i) != expected.contains(i)) {
                    throw new AssertionError("rule " + rules.get(i) + " and event " + body + ": ours " + found.contains(i));
                }
            }
            pairs += rules.size();
            matches += found.size();
        }
    }

    /** Fails unless that many pairs were compared and at least one in a hundred matched. */
    void requirePairs(int least) {
        assertThat(pairs).isGreaterThanOrEqualTo(least);
        assertThat(matches).isGreaterThan(pairs / 100);
    }
}
