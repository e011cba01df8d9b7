package dev.sluice.config.json;

import org.jspecify.annotations.Nullable;

/** A JSON object that is written member by member; members that are JSON text already are passed through. */
public final class ObjectText {
    private final StringBuilder json = new StringBuilder(256).append('{');

    /** A string, or {@code null}. */
    public ObjectText put(String name, @Nullable String value) {
        JsonText.string(name(name), value);
        return this;
    }

    /** The text of an object such as an id or a time, or {@code null}. */
    public ObjectText put(String name, @Nullable Object value) {
        return put(name, value == null ? null : value.toString());
    }

    /** A number, or {@code null}. */
    public ObjectText put(String name, @Nullable Number value) {
        name(name).append(value);
        return this;
    }

    /** A truth value. */
    public ObjectText put(String name, boolean value) {
        name(name).append(value);
        return this;
    }

    /** A document as it is. */
    public ObjectText put(String name, RawJson value) {
        name(name).append(value.text());
        return this;
    }

    /** The whole object. */
    public RawJson toJson() {
        return new RawJson(json + "}");
    }

    private StringBuilder name(String name) {
        if (json.length() > 1) {
            json.append(',');
        }
        return JsonText.string(json, name).append(':');
    }
}
