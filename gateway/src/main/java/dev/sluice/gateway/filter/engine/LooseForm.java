package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.json.Decimal;
import dev.sluice.gateway.filter.json.Scalars;
import dev.sluice.gateway.filter.json.Utf8;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How loose comparison sees a value: a string written like a JSON number is that number, true and "true" are 1, false
 * and "false" are 0, anything else is itself. Two values are loosely equal when their loose forms are equal.
 */
final class LooseForm {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private LooseForm() {}

    /** The kind of a noted value's loose form: TRUE stands for 1 and FALSE for 0; NUMBER is the cell's own slice. */
    static int of(Tape tape, int cell) {
        int kind = tape.kind(cell);
        if (kind != Kind.STRING) {
            return kind;
        }
        byte[] bytes = tape.bytes(cell);
        int start = tape.start(cell);
        int end = tape.end(cell);
        if (isNumber(bytes, start, end)) {
            return Kind.NUMBER;
        }
        return same(bytes, start, end, TRUE) ? Kind.TRUE : same(bytes, start, end, FALSE) ? Kind.FALSE : Kind.STRING;
    }

    /** The loose form of a literal. */
    static Literal of(Literal literal) {
        return switch (literal) {
            case Literal.Bool(boolean value) -> new Literal.Numeral(Decimal.of(value ? 1 : 0));
            case Literal.Text(String text) when text.equals("true") -> new Literal.Numeral(Decimal.of(1));
            case Literal.Text(String text) when text.equals("false") -> new Literal.Numeral(Decimal.of(0));
            case Literal.Text(String text) -> {
                byte[] bytes = Utf8.bytes(text);
                yield isNumber(bytes, 0, bytes.length) ? new Literal.Numeral(Decimal.of(text)) : literal;
            }
            default -> literal;
        };
    }

    private static boolean isNumber(byte[] bytes, int start, int end) {
        return start < end && (bytes[start] == '-' || (bytes[start] >= '0' && bytes[start] <= '9'))
                && Scalars.end(bytes, start, end) == end;
    }

    private static boolean same(byte[] bytes, int start, int end, byte[] word) {
        return Arrays.equals(bytes, start, end, word, 0, word.length);
    }
}
