package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate.Bound;
import dev.sluice.gateway.filter.ast.Predicate.Compare;
import dev.sluice.gateway.filter.ast.Predicate.Within;
import dev.sluice.gateway.filter.json.Decimal;
import dev.sluice.gateway.filter.json.Utf8;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Bounds on a number or on a string. */
final class RangeTest implements ValueTest {
    private static final Decimal ONE = Decimal.of(1);
    private static final Decimal ZERO = Decimal.of(0);

    private final @Nullable End low;
    private final @Nullable End high;
    private final boolean loose;

    /** A bound with its value in the form comparisons want. */
    private static final class End {
        private final @Nullable Decimal number;
        private final byte[] text;
        private final boolean inclusive;

        private End(@Nullable Decimal number, byte[] text, boolean inclusive) {
            this.number = number;
            this.text = text;
            this.inclusive = inclusive;
        }

        static @Nullable End of(@Nullable Bound bound, boolean loose) {
            if (bound == null) {
                return null;
            }
            Literal value = loose ? LooseForm.of(bound.value()) : bound.value();
            return switch (value) {
                case Literal.Numeral(Decimal number) -> new End(number, new byte[0], bound.inclusive());
                case Literal.Text(String text) -> new End(null, Utf8.bytes(text), bound.inclusive());
                default -> throw new IllegalArgumentException("no order for " + value);
            };
        }

        boolean admits(int comparison) {
            return comparison < 0 || (comparison == 0 && inclusive);
        }
    }

    RangeTest(Within within) {
        loose = within.compare() == Compare.LOOSE;
        low = End.of(within.low(), loose);
        high = End.of(within.high(), loose);
    }

    @Override
    public boolean passes(Tape tape, int cell) {
        int kind = loose ? LooseForm.of(tape, cell) : tape.kind(cell);
        if (kind == Kind.NUMBER) {
            tape.left.read(tape.bytes(cell), tape.start(cell), tape.end(cell));
        }
        return (low == null || (comparable(low, kind) && low.admits(-compare(low, kind, tape, cell))))
                && (high == null || (comparable(high, kind) && high.admits(compare(high, kind, tape, cell))));
    }

    private boolean comparable(End end, int kind) {
        return end.number == null ? kind == Kind.STRING
                : kind == Kind.NUMBER || (loose && (kind == Kind.TRUE || kind == Kind.FALSE));
    }

    /** Orders a value of the bound's kind against the bound. */
    private static int compare(End end, int kind, Tape tape, int cell) {
        Decimal number = end.number;
        if (number == null) {
            return Arrays.compareUnsigned(tape.bytes(cell), tape.start(cell), tape.end(cell), end.text, 0, end.text.length);
        }
        return kind == Kind.NUMBER ? tape.left.compareTo(number) : (kind == Kind.TRUE ? ONE : ZERO).compareTo(number);
    }
}
