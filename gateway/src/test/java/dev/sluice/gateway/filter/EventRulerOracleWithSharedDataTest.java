package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.json.Decimal;
import dev.sluice.gateway.filter.json.JsonReader;
import dev.sluice.gateway.filter.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Rules drawn from GitHub's webhook bodies give the answers of event-ruler on all of those bodies. */
final class EventRulerOracleWithSharedDataTest {
    private static final int RULES = 400;
    private static final int RULES_AT_ONCE = 50;

    /** A scalar of a body and the names that lead to it. */
    private record Leaf(List<String> path, @Nullable Object value) {}

    @Test
    void agreesOnRealEvents() throws Exception {
        Random random = new Random(3);
        List<String> bodies = new ArrayList<>();
        List<List<Leaf>> leaves = new ArrayList<>();
        for (var file : SharedData.json("github-webhooks")) {
            bodies.add(new String(SharedData.bytes(file), StandardCharsets.UTF_8));
            leaves.add(leaves(bodies.getLast()));
        }
        EventRulerOracle oracle = new EventRulerOracle();
        for (int from = 0; from < RULES; from += RULES_AT_ONCE) {
            List<String> rules = new ArrayList<>();
            for (int i = 0; i < RULES_AT_ONCE; i++) {
                rules.add(rule(leaves.get(random.nextInt(leaves.size())), random));
            }
            oracle.compare(rules, bodies);
        }
        oracle.requirePairs(RULES * bodies.size());
    }

    private static String rule(List<Leaf> leaves, Random random) {
        Map<String, Object> pattern = new TreeMap<>();
        int conditions = 1 + random.nextInt(3);
        for (int i = 0; i < conditions; i++) {
            Leaf leaf = leaves.get(random.nextInt(leaves.size()));
            put(pattern, leaf.path(), List.of(alternative(leaf.value(), random.nextInt(9))));
        }
        return JsonWriter.plain(pattern);
    }

    private static Object alternative(@Nullable Object value, int choice) {
        if (value instanceof String text) {
            int half = text.length() / 2;
            return switch (choice) {
                case 0 -> Map.of("prefix", text.substring(0, half));
                case 1 -> Map.of("suffix", text.substring(half));
                case 2 -> Map.of("equals-ignore-case", text);
                case 3 -> Map.of("anything-but", List.of(text));
                case 4 -> Map.of("wildcard", wildcard(text, half));
                case 5 -> Map.of("exists", true);
                default -> text;
            };
        }
        if (value instanceof Decimal number && number.isLong()) {
            long whole = number.toLong();
            return choice < 3 ? Map.of("numeric", List.of(">", whole - 2, "<=", whole)) : (Object) whole;
        }
        return value == null ? Map.of("anything-but", "null") : value;
    }

    private static String wildcard(String text, int half) {
        return text.substring(0, half).replace("\\", "\\\\").replace("*", "\\*") + "*";
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> pattern, List<String> path, Object alternatives) {
        Map<String, Object> at = pattern;
        for (String name : path.subList(0, path.size() - 1)) {
            Object below = at.computeIfAbsent(name, absent -> new TreeMap<String, Object>());
            if (!(below instanceof Map)) {
                return;
            }
            at = (Map<String, Object>) below;
        }
        at.putIfAbsent(path.getLast(), alternatives);
    }

    private static List<Leaf> leaves(String body) throws MalformedJsonException {
        List<Leaf> leaves = new ArrayList<>();
        collect(JsonReader.read(body), List.of(), leaves);
        return leaves;
    }

    private static void collect(@Nullable Object value, List<String> path, List<Leaf> into) {
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> {
                List<String> longer = new ArrayList<>(path);
                longer.add(String.valueOf(name));
                collect(member, longer, into);
            });
        } else if (value instanceof List<?> elements) {
            elements.forEach(element -> collect(element, path, into));
        } else {
            into.add(new Leaf(path, value));
        }
    }
}
