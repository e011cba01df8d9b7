package dev.sluice.gateway.filter;

import dev.sluice.gateway.filter.json.Fault;

/**
 * Bounds on the bodies that a matcher accepts.
 *
 * @param maxBytes longest body, at most 128 MiB
 * @param maxDepth most objects and arrays that may be open at once
 */
public record Limits(int maxBytes, int maxDepth) {
    /** 16 MiB and 1,000 levels. */
    public static final Limits DEFAULT = new Limits(16 << 20, 1000);

    public Limits {
        if (maxBytes < 0 || maxBytes > Fault.MAX_POSITION) {
            throw new IllegalArgumentException("max-bytes must be between 0 and " + Fault.MAX_POSITION);
        }
        if (maxDepth < 1) {
            throw new IllegalArgumentException("max-depth must be at least 1");
        }
    }
}
