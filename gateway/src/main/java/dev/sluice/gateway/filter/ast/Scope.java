package dev.sluice.gateway.filter.ast;

import org.jspecify.annotations.Nullable;

/** The parts of a request besides its body that a filter can look at. Their values are strings. */
public enum Scope {
    HEADERS("$headers", true),
    QUERY("$query", true),
    PATH("$path", false),
    METHOD("$method", false),
    IP("$ip", false),
    CUSTOMER("$customer", false);

    private final String keyword;
    private final boolean named;

    Scope(String keyword, boolean named) {
        this.keyword = keyword;
        this.named = named;
    }

    /** The name filters use, with the dollar sign. */
    public String keyword() {
        return keyword;
    }

    /** Whether it holds several values by name (headers, query parameters) or is one value. */
    public boolean named() {
        return named;
    }

    /** The scope that a keyword names, or null. */
    public static @Nullable Scope of(String keyword) {
        for (Scope scope : values()) {
            if (scope.keyword.equals(keyword)) {
                return scope;
            }
        }
        return null;
    }
}
