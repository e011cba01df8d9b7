package dev.sluice.config.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The fields of one JSON object, read one by one. Every getter throws {@link InvalidFieldException} for a value of the
 * wrong type or outside its range; {@link #rejectOthers()} does so for fields that nobody read.
 */
public final class Fields {
    private static final int MAX_DIGITS = 900;
    private static final int MAX_BITS = (int) (MAX_DIGITS * 3.3);
    private static final int MAX_NAME = 200;

    private final JsonObject object;
    private final String path;
    private final Set<String> read = new HashSet<>();

    /** Reads an object that is the whole document. */
    public Fields(JsonObject object) {
        this(object, "");
    }

    private Fields(JsonObject object, String path) {
        this.object = object;
        this.path = path;
    }

    /** An error about one of these fields. */
    public InvalidFieldException invalid(String name, String reason) {
        return new InvalidFieldException(path + name, reason);
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        return value(name) != null;
    }

    /** Whether the field is there, if only as null. */
    public boolean mentions(String name) {
        return object.containsKey(name);
    }

    /** The value as parsed, or null. */
    public @Nullable Object value(String name) {
        read.add(name);
        return object.getValue(name);
    }

    /** A text that must be there. */
    public String text(String name, int maxLength) {
        String text = optionalText(name, maxLength);
        if (text == null || text.isEmpty()) {
            throw invalid(name, "is required: a string of 1 to %d characters".formatted(maxLength));
        }
        return text;
    }

    /** A text, or null if it is absent. */
    public @Nullable String optionalText(String name, int maxLength) {
        Object value = value(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text) || text.length() > maxLength) {
            throw invalid(name, "must be a string of at most %d characters".formatted(maxLength));
        }
        return storable(name, text);
    }

    /** A text that people read. */
    public String name(String field) {
        String text = text(field, 200);
        if (text.isBlank()) {
            throw invalid(field, "must have a visible character");
        }
        return text;
    }

    /** A truth value, or the default if it is absent. */
    public boolean flag(String name, boolean standard) {
        return switch (value(name)) {
            case null -> standard;
            case Boolean flag -> flag;
            default -> throw invalid(name, "must be true or false");
        };
    }

    /** A whole number in a range, or the default if it is absent. */
    public long integer(String name, long minimum, long maximum, long standard) {
        Object value = value(name);
        if (value == null) {
            return standard;
        }
        if (!(value instanceof Integer || value instanceof Long)) {
            throw invalid(name, "must be a whole number from %d to %d".formatted(minimum, maximum));
        }
        long number = ((Number) value).longValue();
        if (number < minimum || number > maximum) {
            throw invalid(name, "is %d, must be from %d to %d".formatted(number, minimum, maximum));
        }
        return number;
    }

    /** A number in a range, or the default if it is absent. */
    public double number(String name, double minimum, double maximum, double standard) {
        Object value = value(name);
        if (value == null) {
            return standard;
        }
        if (!(value instanceof Number number) || number.doubleValue() < minimum || number.doubleValue() > maximum) {
            throw invalid(name, "must be a number from %s to %s".formatted(minimum, maximum));
        }
        return number.doubleValue();
    }

    /** A constant of an enum by its lower-case name, or the default if it is absent. */
    public <E extends Enum<E>> E choice(String name, Class<E> type, E standard) {
        String text = optionalText(name, 64);
        if (text == null) {
            return standard;
        }
        List<String> allowed = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String wireName = constant.name().toLowerCase(Locale.ROOT);
            if (wireName.equals(text)) {
                return constant;
            }
            allowed.add(wireName);
        }
        throw invalid(name, "is '%s', must be one of %s".formatted(text, allowed));
    }

    /** An object, or null if it is absent. */
    public @Nullable Fields object(String name) {
        return switch (value(name)) {
            case null -> null;
            case JsonObject child -> new Fields(child, path + name + ".");
            default -> throw invalid(name, "must be an object");
        };
    }

    /** An object as JSON text, or null if it is absent. */
    public @Nullable String optionalJson(String name) {
        return switch (value(name)) {
            case null -> null;
            case JsonObject child -> {
                storable(name, child);
                yield child.encode();
            }
            default -> throw invalid(name, "must be an object");
        };
    }

    /** An object or an array as JSON text, or null if it is absent. */
    public @Nullable String optionalStructure(String name) {
        return switch (value(name)) {
            case null -> null;
            case JsonArray array -> {
                storable(name, array);
                yield array.encode();
            }
            case JsonObject child -> {
                storable(name, child);
                yield child.encode();
            }
            default -> throw invalid(name, "must be an object or an array");
        };
    }

    /** An array of objects with a bounded number of elements; absent is empty. */
    public List<Fields> objects(String name, int maximum) {
        Object value = value(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array) || array.size() > maximum) {
            throw invalid(name, "must be an array of at most %d objects".formatted(maximum));
        }
        List<Fields> children = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (!(array.getValue(i) instanceof JsonObject child)) {
                throw invalid(name + "[" + i + "]", "must be an object");
            }
            children.add(new Fields(child, path + name + "[" + i + "]."));
        }
        return children;
    }

    /** An array of texts, none of them empty, with a bounded number of elements; absent is empty. */
    public List<String> strings(String name, int maximum, int maxLength) {
        Object value = value(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array) || array.size() > maximum) {
            throw invalid(name, "must be an array of at most %d strings".formatted(maximum));
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String element = name + "[" + i + "]";
            if (!(array.getValue(i) instanceof String text) || text.isEmpty() || text.length() > maxLength) {
                throw invalid(element, "must be a string of 1 to %d characters".formatted(maxLength));
            }
            texts.add(storable(element, text));
        }
        return List.copyOf(texts);
    }

    /** An object of texts; absent is empty. */
    public Map<String, String> texts(String name, int maximum) {
        Fields child = object(name);
        if (child == null) {
            return Map.of();
        }
        if (child.object.size() > maximum) {
            throw invalid(name, "must have at most %d entries".formatted(maximum));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : child.object.fieldNames()) {
            if (key.length() > MAX_NAME) {
                throw invalid(name, "must have names of at most %d characters".formatted(MAX_NAME));
            }
            texts.put(storable(name, key), child.text(key, 4096));
        }
        return texts;
    }

    /**
     * Refuses what would not come back from PostgreSQL's {@code jsonb} as it went in: NUL and half characters, and numbers
     * that it writes out with more digits than are read again. One such number would leave its organization unreadable.
     */
    private <T> T storable(String name, T value) {
        switch (value) {
            case JsonObject object -> object.forEach(entry -> {
                storable(name, entry.getKey());
                storableIfPresent(name, entry.getValue());
            });
            case JsonArray array -> array.forEach(element -> storableIfPresent(name, element));
            case String text when text.chars().anyMatch(c -> c == 0)
                    || text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ->
                    throw invalid(name, "must have no NUL and no half of a surrogate pair");
            case BigInteger number when number.bitLength() > MAX_BITS ->
                    throw invalid(name, "has a number of more than %d digits".formatted(MAX_DIGITS));
            case BigDecimal number when (long) number.precision() + Math.abs((long) number.scale()) > MAX_DIGITS ->
                    throw invalid(name, "has a number of more than %d digits".formatted(MAX_DIGITS));
            default -> { }
        }
        return value;
    }

    private void storableIfPresent(String name, @Nullable Object value) {
        if (value != null) {
            storable(name, value);
        }
    }

    /** Refuses fields that no getter asked for: a misspelt field must not be ignored silently. */
    public void rejectOthers() {
        for (String name : object.fieldNames()) {
            if (!read.contains(name)) {
                throw invalid(name, "is unknown; known here are " + read.stream().sorted().toList());
            }
        }
    }
}
