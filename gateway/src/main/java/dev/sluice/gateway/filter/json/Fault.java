package dev.sluice.gateway.filter.json;

/**
 * Why a JSON text was refused, packed with its position into one negative {@code int}.
 *
 * <p>The scanner's methods return the next position, or such a negative number: an error costs no object, and the
 * test for it is one comparison with zero.
 */
public enum Fault {
    EMPTY(0, "the body is empty"),
    UNEXPECTED_END(1, "the text ends in the middle of a value"),
    EXPECTED_VALUE(2, "expected a value"),
    EXPECTED_KEY(3, "expected a member name in double quotes"),
    EXPECTED_COLON(4, "expected ':' after the member name"),
    EXPECTED_MEMBER_END(5, "expected ',' or '}'"),
    EXPECTED_ELEMENT_END(6, "expected ',' or ']'"),
    BAD_NUMBER(7, "malformed number"),
    BAD_LITERAL(8, "expected true, false or null"),
    BAD_ESCAPE(9, "malformed escape in a string"),
    CONTROL_CHARACTER(10, "unescaped control character in a string"),
    BAD_UTF8(11, "invalid UTF-8 in a string"),
    TRAILING(12, "unexpected text after the value"),
    TOO_DEEP(13, "nested too deeply"),
    TOO_LARGE(14, "the text is too large"),
    TOO_MANY(15, "too many values at paths that filters look at");

    private static final int REASON_BITS = 4;
    private static final Fault[] BY_CODE = byCode();

    /** Largest position that can be packed, and so the largest text that can be scanned: 128 MiB. */
    public static final int MAX_POSITION = (1 << (31 - REASON_BITS)) - 1;

    private final int code;
    private final String reason;

    Fault(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    private static Fault[] byCode() {
        Fault[] faults = new Fault[1 << REASON_BITS];
        for (Fault fault : values()) {
            faults[fault.code] = fault;
        }
        return faults;
    }

    /** The reason in words, fit for the caller's eyes. */
    public String reason() {
        return reason;
    }

    /** This fault at a position, as a negative number. */
    public int at(int position) {
        return ~(position << REASON_BITS | code);
    }

    /** The position packed into a negative number. */
    public static int position(int packed) {
        return ~packed >>> REASON_BITS;
    }

    /** The fault packed into a negative number. */
    public static Fault of(int packed) {
        return BY_CODE[~packed & ((1 << REASON_BITS) - 1)];
    }
}
