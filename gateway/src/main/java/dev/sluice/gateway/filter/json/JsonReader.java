package dev.sluice.gateway.filter.json;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads a small JSON text into maps, lists, strings, {@link Decimal}s, booleans and nulls. For filters as they are
 * written by people; the events themselves never become trees.
 */
public final class JsonReader {
    /** Deepest nesting of a filter. */
    public static final int MAX_DEPTH = 64;

    private final byte[] text;
    private int p;

    private JsonReader(byte[] text) {
        this.text = text;
    }

    /**
     * Reads one text.
     *
     * @throws MalformedJsonException where JSON.parse would refuse it, or when it is nested deeper than {@link #MAX_DEPTH}
     */
    public static @Nullable Object read(String json) throws MalformedJsonException {
        byte[] text = Utf8.bytes(json);
        int start = Scalars.skipSpace(text, 0, text.length);
        int end = new Skipper(new MemberRuns()).skip(text, start, text.length, MAX_DEPTH);
        if (end >= 0) {
            int rest = Scalars.skipSpace(text, end, text.length);
            end = rest < text.length ? Fault.TRAILING.at(rest) : end;
        }
        if (end < 0) {
            throw new MalformedJsonException(Fault.of(end).reason(), Fault.position(end));
        }
        JsonReader reader = new JsonReader(text);
        reader.p = start;
        return reader.value();
    }

    /** The text is known to be valid from here on, so that nothing is checked twice. */
    private @Nullable Object value() {
        return switch (text[p]) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> scalar();
        };
    }

    private @Nullable Object scalar() {
        int start = p;
        p = Scalars.end(text, p, text.length);
        return switch (text[start]) {
            case 't' -> true;
            case 'f' -> false;
            case 'n' -> null;
            default -> Decimal.of(new String(text, start, p - start, UTF_8));
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        next(1);
        while (text[p] != '}') {
            String name = string();
            next(0);
            next(1);
            members.remove(name); // a name written twice takes its last place as well as its last value
            members.put(name, value());
            next(0);
            if (text[p] == ',') {
                next(1);
            }
        }
        p++;
        return members;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> elements = new ArrayList<>();
        next(1);
        while (text[p] != ']') {
            elements.add(value());
            next(0);
            if (text[p] == ',') {
                next(1);
            }
        }
        p++;
        return elements;
    }

    private String string() {
        int start = p + 1;
        int end = Strings.end(text, start, text.length);
        p = end + 1;
        byte[] plain = new byte[end - start];
        int length = Strings.unescape(text, start, end, plain, 0);
        return Utf8.text(plain, 0, length);
    }

    private void next(int passed) {
        p = Scalars.skipSpace(text, p + passed, text.length);
    }
}
