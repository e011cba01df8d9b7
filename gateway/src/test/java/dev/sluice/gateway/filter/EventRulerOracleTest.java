package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.json.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.event.ruler.Machine;

import static org.assertj.core.api.Assertions.assertThat;

/** EventBridge patterns give the answers of event-ruler, many rules compiled together. */
final class EventRulerOracleTest {
    private static final int ROUNDS = 150;
    private static final int RULES = 25;
    private static final int EVENTS = 20;

    private final Match match = new Match();
    private int pairs;
    private int matches;

    @Test
    void agreesOnGeneratedRulesAndEventsWithArrays() throws Exception {
        compare(new Random(1), false, true);
    }

    @Test
    void agreesOnAbsenceWhereNoArrayIsInvolved() throws Exception {
        compare(new Random(2), true, false);
    }

    /** A clean run proves something only if it was long and if matches were common. */
    private void compare(Random random, boolean absence, boolean arrays) throws Exception {
        RandomPatterns patterns = new RandomPatterns(random, absence);
        RandomEvents events = new RandomEvents(random, arrays);
        for (int round = 0; round < ROUNDS; round++) {
            List<String> rules = new ArrayList<>();
            for (int i = 0; i < RULES; i++) {
                rules.add(JsonWriter.plain(patterns.pattern()));
            }
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                Map<String, ?> event = events.event();
                // The peer compares a number that is no double as text, so that here only numbers' values vary.
                bodies.add(new JsonWriter(random, false).write(event));
            }
            compare(rules, bodies);
        }
        assertThat(pairs).isGreaterThanOrEqualTo(ROUNDS * RULES * EVENTS);
        assertThat(matches).isGreaterThan(pairs / 100);
    }

    private void compare(List<String> rules, List<String> bodies) throws Exception {
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
            TreeSet<Integer> found = new TreeSet<>();
            for (int route : match.routes()) {
                found.add(route);
            }
            if (!found.equals(expected)) {
                TreeSet<Integer> differing = new TreeSet<>(found);
                differing.removeAll(expected);
                expected.removeAll(found);
                differing.addAll(expected);
                throw new AssertionError("rule " + rules.get(differing.first()) + " and event " + body + ": ours "
                        + found.contains(differing.first()));
            }
            pairs += rules.size();
            matches += found.size();
        }
    }
}
