package dev.sluice.config.definition;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** What happens to a request that is over its limit. */
public enum Enforcement {
    /** Refused with 429; the limit is never exceeded, not by one. */
    HARD_BLOCK,
    /** Admitted and counted, and flagged in headers and usage. */
    SOFT_LIMIT,
    /** Neither counted nor refused, as if there were no limit. */
    OFF;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The name used in JSON and storage, such as {@code hard_block}. */
    public String key() {
        return key;
    }

    /** The enforcement of that {@link #key()}, or null when there is none. */
    public static @Nullable Enforcement ofKey(String key) {
        for (Enforcement enforcement : values()) {
            if (enforcement.key.equals(key)) {
                return enforcement;
            }
        }
        return null;
    }
}
