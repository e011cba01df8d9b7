package dev.sluice.gateway.filter.json;

/**
 * An exact decimal number of any size, in a form in which equal values are equal records: {@code 0.d1d2d3… × 10^scale},
 * the digits without zeros at either end.
 *
 * <p>Numbers of an event are compared with it digit by digit as they are written, without becoming objects. An
 * exponent of more than 17 digits counts as one of 17 nines.
 *
 * @param sign -1, 0 or 1
 * @param scale power of ten of the point before the first digit; 0 for zero
 * @param digits the significant digits in ASCII; empty for zero
 */
public record Decimal(int sign, long scale, String digits) implements Comparable<Decimal> {
    /** Beyond every whole number of 18 digits. */
    private static final long HUGE = 1_000_000_000_000_000_000L;

    /** Reads a number as JSON writes it (checked by the caller). */
    public static Decimal of(String text) {
        byte[] bytes = Utf8.bytes(text);
        DecimalSlice slice = new DecimalSlice();
        slice.read(bytes, 0, bytes.length);
        return slice.toDecimal();
    }

    /** A whole number. */
    public static Decimal of(long value) {
        return of(Long.toString(value));
    }

    /** Whether the value is a whole number that fits a {@code long}. */
    public boolean isLong() {
        return sign == 0 || (scale >= digits.length() && scale <= 18);
    }

    /** The value without its fraction, when it has at most 18 digits before the point. */
    public long toLong() {
        long value = 0;
        for (int i = 0; i < scale; i++) {
            value = 10 * value + (i < digits.length() ? digits.charAt(i) - '0' : 0);
        }
        return sign * value;
    }

    /** The least whole number that is not less; plus or minus {@link #HUGE} when it has more than 18 digits. */
    public long ceiling() {
        if (scale > 18) {
            return sign * HUGE;
        }
        return toLong() + (sign > 0 && digits.length() > Math.max(scale, 0) ? 1 : 0);
    }

    /** The greatest whole number that is not greater; plus or minus {@link #HUGE} when it has more than 18 digits. */
    public long floor() {
        if (scale > 18) {
            return sign * HUGE;
        }
        return toLong() - (sign < 0 && digits.length() > Math.max(scale, 0) ? 1 : 0);
    }

    @Override
    public int compareTo(Decimal other) {
        if (sign != other.sign) {
            return Integer.compare(sign, other.sign);
        }
        int magnitude = scale != other.scale ? Long.compare(scale, other.scale) : digits.compareTo(other.digits);
        return sign * Integer.signum(magnitude);
    }

    /** The number in JSON's notation. */
    @Override
    public String toString() {
        if (sign == 0) {
            return "0";
        }
        String minus = sign < 0 ? "-" : "";
        int length = digits.length();
        if (scale >= length && scale <= 21) {
            return minus + digits + "0".repeat((int) scale - length);
        }
        if (scale > 0 && scale < length) {
            return minus + digits.substring(0, (int) scale) + '.' + digits.substring((int) scale);
        }
        if (scale <= 0 && scale > -6) {
            return minus + "0." + "0".repeat((int) -scale) + digits;
        }
        String fraction = length == 1 ? "" : '.' + digits.substring(1);
        return minus + digits.charAt(0) + fraction + 'e' + (scale - 1);
    }
}
