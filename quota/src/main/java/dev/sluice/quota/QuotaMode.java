package dev.sluice.quota;

import java.util.Locale;

/** How much a decision can be trusted to hold on all nodes together. */
public enum QuotaMode {
    /** Counted where all nodes count: no limit is exceeded by one. */
    EXACT,
    /** Counted in this node's memory: no Redis is configured, or it is away and this node uses its share. */
    LOCAL,
    /** Redis is away and everything is admitted; what is admitted is added to the counts later. */
    OPEN,
    /** Redis is away and whatever has a limit is turned away. */
    CLOSED;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The name used in settings, the metric and the response header, such as {@code exact}. */
    public String key() {
        return key;
    }
}
