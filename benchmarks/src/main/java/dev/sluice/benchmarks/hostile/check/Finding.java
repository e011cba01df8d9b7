package dev.sluice.benchmarks.hostile.check;

import java.util.regex.Pattern;

/**
 * Something that did not hold.
 *
 * @param what in words that are the same for the same fault but for ids and numbers
 * @param seen what was seen in this case
 * @param where batch and request, if it is about one
 */
public record Finding(Invariant invariant, String what, String seen, String where) {
    private static final int MAX_SEEN = 400;

    private static final Pattern VARYING = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}|own-[0-9]+-[0-9]+|[0-9]+");

    public Finding {
        seen = seen.length() > MAX_SEEN ? seen.substring(0, MAX_SEEN) + "…" : seen;
    }

    /** The same for findings that differ in ids and numbers only. */
    public String sort() {
        return invariant + " " + VARYING.matcher(what).replaceAll("#");
    }
}
