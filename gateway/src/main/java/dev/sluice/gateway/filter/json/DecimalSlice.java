package dev.sluice.gateway.filter.json;

import java.security.MessageDigest;
import java.util.Arrays;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** The number in one slice of an event, brought into the form of {@link Decimal} without allocating. Reused. */
public final class DecimalSlice implements Comparable<DecimalSlice> {
    private static final long SATURATED = 99_999_999_999_999_999L;

    /** An exponent of no more digits than this is taken as it is. */
    private static final int EXACT_DIGITS = 17;

    private byte[] digits = new byte[64];
    private int count;
    private int sign;
    private long scale;

    /** Takes the number of a validated slice. */
    public void read(byte[] text, int start, int end) {
        if (digits.length < end - start) {
            digits = new byte[2 * (end - start)];
        }
        count = 0;
        int p = start;
        boolean negative = text[p] == '-';
        if (negative) {
            p++;
        }
        long point = 0; // places from the first significant digit to the point
        boolean fraction = false;
        for (; p < end; p++) {
            byte c = text[p];
            if (c == '.') {
                fraction = true;
            } else if (c >= '0' && c <= '9') {
                if (c != '0' || count > 0) {
                    digits[count++] = c;
                    point += fraction ? 0 : 1;
                } else if (fraction) {
                    point--;
                }
            } else {
                break;
            }
        }
        while (count > 0 && digits[count - 1] == '0') {
            count--;
        }
        sign = count == 0 ? 0 : negative ? -1 : 1;
        scale = count == 0 ? 0 : point + (p < end ? exponent(text, p + 1, end) : 0);
    }

    /** Whether a validated number is taken by its exact value, and not with an exponent cut to 17 nines. */
    public static boolean isExact(byte[] text, int start, int end) {
        int p = end;
        while (p > start && text[p - 1] >= '0' && text[p - 1] <= '9') {
            p--;
        }
        boolean exponent = p > start && text[p - 1] != '.' && (text[p - 1] != '-' || p - 1 > start);
        return !exponent || end - p <= EXACT_DIGITS;
    }

    /** Adds the number to a digest, to which equal numbers add the same, whichever way they are written. */
    public void addTo(MessageDigest digest) {
        digest.update((byte) (sign < 0 ? '-' : '+'));
        digest.update(digits, 0, count);
        digest.update(("e" + scale).getBytes(ISO_8859_1));
    }

    /** Takes 1 for true and 0 for false. */
    public void set(boolean one) {
        count = one ? 1 : 0;
        digits[0] = '1';
        sign = count;
        scale = count;
    }

    private static long exponent(byte[] text, int start, int end) {
        int p = start;
        boolean negative = text[p] == '-';
        if (negative || text[p] == '+') {
            p++;
        }
        long value = 0;
        for (; p < end; p++) {
            value = value > SATURATED / 10 ? SATURATED : 10 * value + (text[p] - '0');
        }
        return negative ? -value : value;
    }

    /** Orders this number against a constant. */
    public int compareTo(Decimal other) {
        if (sign != other.sign()) {
            return Integer.compare(sign, other.sign());
        }
        if (scale != other.scale()) {
            return directed(Long.compare(scale, other.scale()));
        }
        String theirs = other.digits();
        int common = Math.min(count, theirs.length());
        for (int i = 0; i < common; i++) {
            int difference = digits[i] - theirs.charAt(i);
            if (difference != 0) {
                return directed(difference);
            }
        }
        return directed(Integer.compare(count, theirs.length()));
    }

    @Override
    public int compareTo(DecimalSlice other) {
        if (sign != other.sign) {
            return Integer.compare(sign, other.sign);
        }
        if (scale != other.scale) {
            return directed(Long.compare(scale, other.scale));
        }
        return directed(Arrays.compare(digits, 0, count, other.digits, 0, other.count));
    }

    /** Turns an order of magnitudes into one of signed numbers. */
    private int directed(int order) {
        return sign < 0 ? -order : order;
    }

    /** Whether the number is whole, however it is written. */
    public boolean isInteger() {
        return scale >= count;
    }

    /** Hash that equal numbers share, whichever way they are written. */
    public int hash() {
        return hash(sign, scale, count == 0 ? 0 : digits[0], count == 0 ? 0 : digits[count - 1], count);
    }

    /** The same hash of a constant. */
    public static int hash(Decimal value) {
        String digits = value.digits();
        int count = digits.length();
        return hash(value.sign(), value.scale(), count == 0 ? 0 : digits.charAt(0), count == 0 ? 0 : digits.charAt(count - 1), count);
    }

    private static int hash(int sign, long scale, int first, int last, int count) {
        return 31 * (31 * (31 * (31 * sign + Long.hashCode(scale)) + first) + last) + count;
    }

    /** This number as a constant of its own. */
    public Decimal toDecimal() {
        return new Decimal(sign, scale, new String(digits, 0, count, ISO_8859_1));
    }
}
