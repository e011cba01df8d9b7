package dev.sluice.gateway.filter.ast;

import java.util.Locale;

/** The types that {@code $type} tells apart. */
public enum JsonType {
    NULL, BOOLEAN, NUMBER, INTEGER, STRING, ARRAY, OBJECT;

    /** The name in a filter. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
