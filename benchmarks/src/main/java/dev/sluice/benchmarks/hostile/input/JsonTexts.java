package dev.sluice.benchmarks.hostile.input;

import java.util.List;
import java.util.random.RandomGenerator;

/** Well-formed JSON with odd contents, after RFC 8259's grammar: any white space, any escape, any number. */
final class JsonTexts {
    private static final List<String> NAMES = List.of("id", "a", "n", "event_type", "type", "order", "total", "items", "__proto__", "toJSON");
    private static final List<String> SPACES = List.of("", "", "", "", " ", "\n", "\t", "\r\n  ");

    private JsonTexts() {}

    /** A value of any type, nested up to {@code depth}. */
    static String value(RandomGenerator random, int depth) {
        int choice = random.nextInt(depth > 0 ? 12 : 8);
        return switch (choice) {
            case 0 -> "null";
            case 1 -> random.nextBoolean() ? "true" : "false";
            case 2, 3, 4 -> OddNumbers.next(random);
            case 5, 6, 7 -> string(random, OddTexts.next(random));
            case 8, 9 -> array(random, depth);
            default -> object(random, depth);
        };
    }

    static String object(RandomGenerator random, int depth) {
        StringBuilder json = new StringBuilder("{");
        int members = random.nextInt(5);
        for (int i = 0; i < members; i++) {
            json.append(i == 0 ? "" : ",").append(space(random)).append(name(random)).append(space(random)).append(':')
                    .append(space(random)).append(value(random, depth - 1));
        }
        return json.append(space(random)).append('}').toString();
    }

    private static String array(RandomGenerator random, int depth) {
        StringBuilder json = new StringBuilder("[");
        int elements = random.nextInt(5);
        for (int i = 0; i < elements; i++) {
            json.append(i == 0 ? "" : ",").append(space(random)).append(value(random, depth - 1));
        }
        return json.append(space(random)).append(']').toString();
    }

    static String name(RandomGenerator random) {
        return string(random, Pick.onceIn(random, 3) ? OddTexts.next(random) : Pick.one(random, NAMES));
    }

    /** A string as JSON; a lone surrogate is always escaped, since UTF-8 cannot write one. */
    static String string(RandomGenerator random, String text) {
        StringBuilder json = new StringBuilder(text.length() + 8).append('"');
        boolean escapes = Pick.onceIn(random, 4) && text.length() < 1000;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) || (escapes && random.nextBoolean())) {
                json.append(random.nextBoolean() ? "\\u%04x".formatted((int) c) : "\\u%04X".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private static String space(RandomGenerator random) {
        return Pick.one(random, SPACES);
    }
}
