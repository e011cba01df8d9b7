package dev.sluice.gateway.filter.json;

import static dev.sluice.gateway.filter.json.Words.intAt;

/** Numbers, {@code true}, {@code false}, {@code null} and the white space between tokens. */
public final class Scalars {
    private static final int TRUE = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
    private static final int ALSE = 'a' | 'l' << 8 | 's' << 16 | 'e' << 24;
    private static final int NULL = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;

    private Scalars() {}

    /** Index of the first byte from {@code at} that is not white space, or {@code limit}. */
    public static int skipSpace(byte[] text, int at, int limit) {
        int p = at;
        while (p < limit && text[p] <= ' ' && (text[p] == ' ' || text[p] == '\n' || text[p] == '\r' || text[p] == '\t')) {
            p++;
        }
        return p;
    }

    /**
     * Scans a number or a literal name.
     *
     * @return the index after it, or a packed {@link Fault}
     */
    public static int end(byte[] text, int at, int limit) {
        byte c = text[at];
        if (c == '-' || (c >= '0' && c <= '9')) {
            return number(text, at, limit);
        }
        return switch (c) {
            case 't' -> at + 4 <= limit && intAt(text, at) == TRUE ? at + 4 : Fault.BAD_LITERAL.at(at);
            case 'n' -> at + 4 <= limit && intAt(text, at) == NULL ? at + 4 : Fault.BAD_LITERAL.at(at);
            case 'f' -> at + 5 <= limit && intAt(text, at + 1) == ALSE ? at + 5 : Fault.BAD_LITERAL.at(at);
            default -> Fault.EXPECTED_VALUE.at(at);
        };
    }

    /**
     * Passes a scalar as nearly all are in an object: a whole number without a sign, true, false or null, with a comma
     * or brace directly behind it.
     *
     * @param end index up to which eight bytes can be read from any
     * @return the index after it, at most {@code end}; or a negative number, which says nothing
     */
    static int plain(byte[] text, int at, int end) {
        int p = switch (text[at]) {
            case 't' -> intAt(text, at) == TRUE ? at + 4 : -1;
            case 'n' -> intAt(text, at) == NULL ? at + 4 : -1;
            case 'f' -> intAt(text, at + 1) == ALSE ? at + 5 : -1;
            case '0' -> at + 1;
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> digits(text, at + 1, end);
            default -> -1;
        };
        return p >= 0 && p <= end && (text[p] == ',' || text[p] == '}') ? p : -1;
    }

    private static int number(byte[] text, int at, int limit) {
        int p = text[at] == '-' ? at + 1 : at;
        int whole = p;
        p = digits(text, p, limit);
        if (p == whole || (text[whole] == '0' && p > whole + 1)) {
            return Fault.BAD_NUMBER.at(at);
        }
        if (p < limit && text[p] == '.') {
            int fraction = p + 1;
            p = digits(text, fraction, limit);
            if (p == fraction) {
                return Fault.BAD_NUMBER.at(at);
            }
        }
        if (p < limit && (text[p] | 0x20) == 'e') {
            int exponent = p + 1;
            if (exponent < limit && (text[exponent] == '+' || text[exponent] == '-')) {
                exponent++;
            }
            p = digits(text, exponent, limit);
            if (p == exponent) {
                return Fault.BAD_NUMBER.at(at);
            }
        }
        return p;
    }

    private static int digits(byte[] text, int at, int limit) {
        int p = at;
        while (p < limit && text[p] >= '0' && text[p] <= '9') {
            p++;
        }
        return p;
    }
}
