package dev.sluice.gateway.filter.json;

/** The common case of a number: a whole one of at most 18 digits, read into a {@code long}. */
public final class Whole {
    /** Returned for a number that is not such a one. */
    public static final long NOT = Long.MIN_VALUE;

    private static final int MAX_DIGITS = 18;

    private Whole() {}

    /** Value of a validated number slice, or {@link #NOT} when it has a point, an exponent or too many digits. */
    public static long read(byte[] text, int start, int end) {
        boolean negative = text[start] == '-';
        int p = negative ? start + 1 : start;
        if (end - p > MAX_DIGITS) {
            return NOT;
        }
        long value = 0;
        for (; p < end; p++) {
            int digit = text[p] - '0';
            if (digit < 0 || digit > 9) {
                return NOT;
            }
            value = 10 * value + digit;
        }
        return negative ? -value : value;
    }
}
