package dev.sluice.benchmarks.filters;

import dev.sluice.benchmarks.filters.Leaves.Leaf;
import dev.sluice.gateway.filter.json.Decimal;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The same rules for both matchers, as EventBridge patterns. Only the first 100 can match; the rest are near misses,
 * so that the hits stay the same however many rules there are.
 */
public enum Rules {
    /**
     * One condition or two on the fields that integrations route by: the action, the repository, the sender, the issue.
     * Few fields are looked at, however many rules there are.
     */
    ROUTING {
        @Override
        String pattern(int i) {
            return i < ROUTES.size() ? ROUTES.get(i) : missing(i);
        }

        private String missing(int i) {
            return switch (i % 5) {
                case 0 -> "{\"action\":[\"opened\"],\"repository\":{\"id\":[" + (900_000_000 + i) + "]}}";
                case 1 -> "{\"repository\":{\"full_name\":[\"acme-" + i + "/shop-" + i + "\"]}}";
                case 2 -> "{\"sender\":{\"login\":[{\"prefix\":\"team-" + i + "-\"}]},\"action\":[\"created\"]}";
                case 3 -> "{\"issue\":{\"number\":[{\"numeric\":[\">=\"," + (1000 * i) + ",\"<\"," + (1000 * i + 500) + "]}]}}";
                default -> "{\"repository\":{\"full_name\":[{\"suffix\":\"/service-" + i + "\"}]}}";
            };
        }
    },

    /**
     * On the same few fields, every operator of event-ruler that has a field here, in equal shares: each customer's rule
     * names its own repositories, people or installation, as rules of a gateway with many customers would. No field of
     * these bodies is an address, so there is no cidr.
     */
    MIXED {
        @Override
        String pattern(int i) {
            return i < ROUTES.size() ? ROUTES.get(i) : missing(i);
        }

        private String missing(int i) {
            String pattern = switch (i % 10) {
                case 0 -> "{'action':['opened','closed'],'repository':{'full_name':['acme-%d/shop']}}";
                case 1 -> "{'repository':{'full_name':[{'prefix':'acme-%d/'}]}}";
                case 2 -> "{'repository':{'full_name':[{'suffix':'/service-%d'}]},'action':['created']}";
                case 3 -> "{'sender':{'login':[{'equals-ignore-case':'Customer-%d'}]}}";
                case 4 -> "{'repository':{'full_name':[{'wildcard':'team-%d/*-service'}]}}";
                case 5 -> "{'organization':{'login':['org-%d']},'sender':{'login':[{'anything-but':['renovate[bot]']}]}}";
                case 6 -> "{'installation':{'id':[{'numeric':['>=',%d0000,'<',%<d5000]}]}}";
                case 7 -> "{'organization':{'login':['org-%d']},'ref':[{'exists':true}]}";
                case 8 -> "{'sender':{'login':['customer-%d']},'organization':{'login':[{'exists':false}]}}";
                default -> "{'$or':[{'repository':{'full_name':['acme-%d/site']}},{'organization':{'login':['acme-%<d']}}]}";
            };
            return String.format(Locale.ROOT, pattern.replace('\'', '"'), i);
        }
    },

    /**
     * One to three conditions on any fields of the bodies themselves, drawn at random. More rules look at more fields:
     * 100 rules at about 80 values of an event, 10,000 at all 200.
     */
    SAMPLED {
        @Override
        String pattern(int i) {
            return sampled(i, i);
        }
    },

    /**
     * The first 100 of the sampled rules, over and over with a value changed: however many rules there are, not only
     * the hits stay the same but the fields that are looked at, too.
     */
    REPEATED {
        @Override
        String pattern(int i) {
            return sampled(i % HITTING, i);
        }
    };

    /** Those of the rules on few fields that match. */
    private static final List<String> ROUTES = List.of(
            "{\"action\":[\"opened\",\"created\"]}",
            "{\"repository\":{\"full_name\":[{\"prefix\":\"Codertocat/\"}]},\"sender\":{\"type\":[\"User\"]}}",
            "{\"issue\":{\"number\":[{\"numeric\":[\">=\",1,\"<\",100]}]}}",
            "{\"repository\":{\"private\":[false]},\"ref\":[{\"exists\":true}]}",
            "{\"sender\":{\"login\":[{\"anything-but\":[\"dependabot[bot]\"]}]},\"action\":[\"deleted\"]}");
    static final int HITTING = 100;
    private static final long SEED = 20_261_123;
    private static final int PREFIX_LENGTH = 12;

    /** The rule with an index, always the same. */
    abstract String pattern(int i);

    /** What is sampled; read only when it is. */
    private static final class Samples {
        static final List<List<Leaf>> BODIES = Bodies.read().stream().map(Leaves::of).toList();
    }

    /** The first rules. */
    List<String> patterns(int count) {
        List<String> patterns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            patterns.add(pattern(i));
        }
        return patterns;
    }

    /** The same pattern as a filter of ours. */
    static String asFilter(String pattern) {
        return "{\"syntax\":\"eventbridge\",\"pattern\":" + pattern + "}";
    }

    /** A rule with fields and values drawn by one number; another makes it miss, unless it is one of the first. */
    private static String sampled(int draw, int i) {
        Random random = new Random(SEED + draw);
        List<Leaf> leaves = Samples.BODIES.get(random.nextInt(Samples.BODIES.size()));
        Map<String, Object> pattern = new TreeMap<>();
        int conditions = 1 + random.nextInt(3);
        for (int c = 0; c < conditions; c++) {
            Leaf leaf = leaves.get(random.nextInt(leaves.size()));
            boolean miss = i >= HITTING && c == 0;
            put(pattern, leaf.path(), alternatives(leaf.value(), miss ? i : 0, random.nextInt(10)));
        }
        return write(pattern);
    }

    /** What a pattern accepts for a value; made to miss by a number other than 0. */
    private static String alternatives(@Nullable Object value, int miss, int choice) {
        if (value instanceof String text) {
            String changed = miss == 0 ? text : text.substring(0, Math.min(text.length(), PREFIX_LENGTH)) + "~" + miss;
            return switch (choice) {
                case 0, 1 -> "[{\"prefix\":" + quote(miss == 0 && text.length() > PREFIX_LENGTH ? text.substring(0, PREFIX_LENGTH) : changed) + "}]";
                case 2 -> "[{\"suffix\":" + quote(changed) + "}]";
                case 3 -> miss == 0 ? "[{\"anything-but\":[\"none\"]}]" : "[" + quote(changed) + "]";
                case 4 -> "[{\"equals-ignore-case\":" + quote(changed) + "}]";
                default -> "[" + quote(changed) + "," + quote(changed + "-2") + "]";
            };
        }
        if (value instanceof Decimal number) {
            long base = number.isLong() ? number.toLong() + 1_000_003L * miss : miss;
            return choice < 4 ? "[{\"numeric\":[\">=\"," + (base - 3) + ",\"<=\"," + (base + 3) + "]}]" : "[" + base + "]";
        }
        return miss == 0 ? "[" + value + "]" : "[\"" + value + "~" + miss + "\"]";
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> pattern, List<String> path, String alternatives) {
        Map<String, Object> at = pattern;
        for (String name : path.subList(0, path.size() - 1)) {
            Object below = at.computeIfAbsent(name, absent -> new TreeMap<String, Object>());
            if (!(below instanceof Map<?, ?>)) {
                return;
            }
            at = (Map<String, Object>) below;
        }
        at.putIfAbsent(path.getLast(), alternatives);
    }

    private static String write(Map<String, Object> pattern) {
        List<String> members = new ArrayList<>();
        pattern.forEach((name, value) -> members.add(quote(name) + ":"
                + (value instanceof Map<?, ?> below ? writeBelow(below) : String.valueOf(value))));
        return "{" + String.join(",", members) + "}";
    }

    @SuppressWarnings("unchecked")
    private static String writeBelow(Map<?, ?> below) {
        return write((Map<String, Object>) below);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
