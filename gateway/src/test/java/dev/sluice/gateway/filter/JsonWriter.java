package dev.sluice.gateway.filter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes trees as JSON, with white space, escapes and notations of numbers chosen at random. */
final class JsonWriter {
    private static final List<String> SPACES = List.of("", "", "", " ", "\n  ", "\t", "\r\n");

    private final Random random;
    private final boolean plain;

    /** A writer that varies; with {@code plain}, one that does not. */
    JsonWriter(Random random, boolean plain) {
        this.random = random;
        this.plain = plain;
    }

    static String plain(@Nullable Object tree) {
        return new JsonWriter(new Random(0), true).write(tree);
    }

    String write(@Nullable Object value) {
        return space() + switch (value) {
            case Map<?, ?> map -> object(map);
            case List<?> list -> array(list);
            case String text -> string(text);
            case Integer number -> number(number);
            case null, default -> String.valueOf(value);
        } + space();
    }

    private String object(Map<?, ?> map) {
        List<String> members = new ArrayList<>();
        map.forEach((name, value) -> members.add(space() + string(String.valueOf(name)) + space() + ":" + write(value)));
        return "{" + String.join(",", members) + space() + "}";
    }

    private String array(List<?> list) {
        List<String> elements = new ArrayList<>();
        list.forEach(element -> elements.add(write(element)));
        return "[" + String.join(",", elements) + space() + "]";
    }

    private String number(int number) {
        if (plain) {
            return Integer.toString(number);
        }
        return switch (random.nextInt(5)) {
            case 0 -> number + ".0";
            case 1 -> number + "e0";
            case 2 -> 10 * number + "E-1";
            default -> Integer.toString(number);
        };
    }

    private String string(String text) {
        StringBuilder written = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                written.append('\\').append(c);
            } else if (c < ' ' || (!plain && random.nextInt(12) == 0)) {
                written.append(String.format("\\u%04x", (int) c));
            } else {
                written.append(c);
            }
        }
        return written.append('"').toString();
    }

    private String space() {
        return plain ? "" : SPACES.get(random.nextInt(SPACES.size()));
    }
}
