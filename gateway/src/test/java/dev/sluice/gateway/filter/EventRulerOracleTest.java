package dev.sluice.gateway.filter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.event.ruler.Machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** EventBridge patterns give the answers of event-ruler, many rules compiled together. */
final class EventRulerOracleTest {
    private static final int ROUNDS = 150;
    private static final int RULES = 25;
    private static final int EVENTS = 20;

    @Test
    void agreesOnGeneratedRulesAndEventsWithArrays() throws Exception {
        compare(new Random(1), false, true);
    }

    @Test
    void agreesOnAbsenceWhereNoArrayIsInvolved() throws Exception {
        compare(new Random(2), true, false);
    }

    private static void compare(Random random, boolean absence, boolean arrays) throws Exception {
        RandomPatterns patterns = new RandomPatterns(random, absence);
        RandomEvents events = new RandomEvents(random, arrays);
        JsonWriter writer = new JsonWriter(random, false);
        EventRulerOracle oracle = new EventRulerOracle();
        for (int round = 0; round < ROUNDS; round++) {
            List<String> rules = new ArrayList<>();
            for (int i = 0; i < RULES; i++) {
                rules.add(JsonWriter.plain(patterns.pattern()));
            }
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                bodies.add(writer.write(events.event()));
            }
            oracle.compare(rules, bodies);
        }
        oracle.requirePairs(ROUNDS * RULES * EVENTS);
    }

    /** Where the two are meant to differ; docs/filters.md has the same list with reasons. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":[{"cidr":"0.0.0.0/0"}]}                   | {"a":"2001:db8::1"}                    | false
            {"a":[{"cidr":"10.0.0.0/8"}]}                  | {"a":"::ffff:10.0.0.1"}                | true
            {"a":{"b":["x"]}}                              | {"a.b":"x"}                            | false
            {"a":["x"]}                                    | {"a":"x","a":"y"}                      | false
            {"a":[9007199254740993]}                       | {"a":9007199254740993.0}               | true
            {"a":{"b":[{"exists":false}],"c":[1]}}         | {"a":[{"b":1},{"c":1}]}                | true
            """)
    void differsWhereItIsMeantTo(String rule, String body, boolean ours) throws Exception {
        Machine machine = Machine.builder().build();
        machine.addRule("rule", rule);
        assertThat(Matching.matches("{\"syntax\":\"eventbridge\",\"pattern\":" + rule + "}", body)).isEqualTo(ours);
        assertThat(machine.rulesForJSONEvent(body)).hasSize(ours ? 0 : 1);
    }
}
