package dev.sluice.gateway.filter.explain;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Why a route did or did not match an event.
 *
 * @param matched whether it did
 * @param findings each condition of the filter, in the order it was written
 */
public record Explanation(boolean matched, List<Finding> findings) {
    public Explanation {
        findings = List.copyOf(findings);
    }

    /**
     * One condition on one value.
     *
     * @param path where the value is, such as {@code order.total} or {@code $headers.x-event}
     * @param test what was asked of it, such as {@code $gte 100}
     * @param negated whether the filter wants the test not to hold
     * @param held whether the test held
     * @param seen the value as it is written in the event, cut at {@value #LONGEST} bytes; null when it is missing
     */
    public record Finding(String path, String test, boolean negated, boolean held, @Nullable String seen) {
        /** Most bytes of a value that are shown. */
        public static final int LONGEST = 120;

        /** Whether it is as the filter wants it. */
        public boolean satisfied() {
            return held != negated;
        }
    }
}
