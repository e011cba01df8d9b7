package dev.sluice.benchmarks.hostile.input;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Filters of all three dialects, as JSON: some match, some never can, some must be refused. */
final class Filters {
    private static final List<String> PATHS = List.of("a", "id", "n", "event_type", "order.total", "order.items", "order", "$headers.x-odd",
            "$query.q", "$path", "$method", "$ip", "$customer", "a..b", "", ".", "\\\\$a", "items[0].id", "$unknown", "__proto__");
    private static final List<String> COMPARING = List.of("$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$exists", "$type", "$size",
            "$contains", "$startsWith", "$endsWith", "$iequals", "$wildcard", "$regex", "$cidr", "$after", "$before", "$mod", "$semver", "$ref",
            "$between", "$any", "$all", "$none", "$elemMatch", "$not", "$unknown");
    private static final List<String> OPERATORS = List.of("eq", "neq", "gt", "gte", "lt", "lte", "in", "nin", "contains", "exists",
            "startsWith", "endsWith", "regex", "is", "", "__proto__");
    private static final List<String> REGEXES = List.of("^[a-z]+$", "(a+)+$", "(a|aa)*b", "((a{1000}){1000}){1000}", "a{1001}", "(a{100}){100}",
            "(?=x)", "\\\\1", "(", "[", "\\\\p{L}+", "(?i)straße", "x{0,1000}x{0,1000}x{0,1000}", ".*.*.*.*.*.*.*x", "\\u0000", "(?:(?:(?:a*)*)*)*",
            "[\\ud800]", "^$", "");
    private static final List<String> TESTS = List.of("{\"prefix\":\"o\"}", "{\"suffix\":\"d\"}", "{\"wildcard\":\"a*b*c\"}", "{\"wildcard\":\"**\"}",
            "{\"anything-but\":[\"x\",1]}", "{\"anything-but\":{\"prefix\":\"\"}}", "{\"numeric\":[\">\",0,\"<=\",1e9999999999]}", "{\"numeric\":[\"=\",\"x\"]}",
            "{\"numeric\":[\">\",5,\"<\",1]}", "{\"cidr\":\"10.0.0.0/33\"}", "{\"cidr\":\"::/0\"}", "{\"exists\":false}", "{\"equals-ignore-case\":\"\\u0130\"}",
            "{\"unknown\":1}", "\"order.created\"", "1e9999999999", "null", "true");

    private Filters() {}

    static String next(RandomGenerator random) {
        return switch (random.nextInt(10)) {
            case 0 -> JsonTexts.value(random, 3);
            case 1, 2 -> conditions(random, 3);
            case 3, 4 -> "{\"syntax\":\"eventbridge\",\"pattern\":" + pattern(random, 2) + "}";
            case 5 -> "{\"syntax\":%s,\"compare\":%s,\"pattern\":%s}".formatted(Pick.one(random, List.of("\"match\"", "\"conditions\"", "\"x\"", "1")),
                    Pick.one(random, List.of("\"loose\"", "\"strict\"", "null")), match(random, 2));
            default -> match(random, 3);
        };
    }

    private static String match(RandomGenerator random, int depth) {
        return IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> depth > 0 && Pick.onceIn(random, 5)
                        ? Pick.one(random, List.of("\"$or\"", "\"$and\"", "\"$nor\"")) + ":[" + match(random, depth - 1) + "," + match(random, depth - 1) + "]"
                        : path(random) + ":" + test(random, depth))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String test(RandomGenerator random, int depth) {
        if (Pick.onceIn(random, 3)) {
            return JsonTexts.value(random, depth > 0 ? 1 : 0);
        }
        String operator = Pick.one(random, COMPARING);
        String operand = switch (operator) {
            case "$regex" -> regex(random);
            case "$in", "$nin" -> list(random);
            case "$between", "$mod" -> "[" + OddNumbers.next(random) + "," + OddNumbers.next(random) + "]";
            case "$any", "$all", "$none", "$not", "$elemMatch" -> depth > 0 ? match(random, depth - 1) : "{}";
            case "$exists" -> Pick.one(random, List.of("true", "false", "1"));
            case "$gt", "$gte", "$lt", "$lte", "$size" -> OddNumbers.next(random);
            default -> JsonTexts.value(random, 0);
        };
        return "{\"" + operator + "\":" + operand + "}";
    }

    private static String list(RandomGenerator random) {
        int length = Pick.onceIn(random, 20) ? 5000 : random.nextInt(6);
        return IntStream.range(0, length).mapToObj(i -> length > 100 ? Integer.toString(i) : JsonTexts.value(random, 0))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String conditions(RandomGenerator random, int depth) {
        if (depth > 0 && random.nextBoolean()) {
            String inside = conditions(random, depth - 1);
            return switch (random.nextInt(4)) {
                case 0 -> "{\"and\":[" + inside + "," + conditions(random, depth - 1) + "]}";
                case 1 -> "{\"or\":[" + inside + "]}";
                case 2 -> "{\"not\":" + inside + "}";
                default -> "[" + inside + "]";
            };
        }
        String operator = Pick.one(random, OPERATORS);
        String value = operator.equals("regex") ? regex(random) : operator.equals("in") || operator.equals("nin") ? list(random) : JsonTexts.value(random, 1);
        return "{\"field\":%s,\"op\":\"%s\"%s}".formatted(path(random), operator,
                operator.equals("exists") && random.nextBoolean() ? "" : ",\"value\":" + value);
    }

    private static String pattern(RandomGenerator random, int depth) {
        return IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> path(random) + ":" + (depth > 0 && Pick.onceIn(random, 4)
                        ? pattern(random, depth - 1)
                        : "[" + Pick.one(random, TESTS) + "," + Pick.one(random, TESTS) + "]"))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String path(RandomGenerator random) {
        return Pick.onceIn(random, 8) ? JsonTexts.string(random, OddTexts.next(random)) : "\"" + Pick.one(random, PATHS) + "\"";
    }

    private static String regex(RandomGenerator random) {
        return Pick.onceIn(random, 6) ? JsonTexts.string(random, OddTexts.next(random)) : "\"" + Pick.one(random, REGEXES) + "\"";
    }
}
