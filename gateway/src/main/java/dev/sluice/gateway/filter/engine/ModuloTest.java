package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Decimal;
import dev.sluice.gateway.filter.json.Whole;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Remainder of a whole number. */
final class ModuloTest implements ValueTest {
    private static final int MOST_DIGITS = 1000;

    private final BigInteger divisor;
    private final BigInteger remainder;

    ModuloTest(BigInteger divisor, BigInteger remainder) {
        this.divisor = divisor;
        this.remainder = remainder;
    }

    @Override
    public boolean passes(Tape tape, int cell) {
        if (tape.kind(cell) != Kind.NUMBER) {
            return false;
        }
        long whole = Whole.read(tape.bytes(cell), tape.start(cell), tape.end(cell));
        if (whole != Whole.NOT && divisor.bitLength() < Long.SIZE) {
            return remainder.equals(BigInteger.valueOf(whole % divisor.longValue()));
        }
        tape.left.read(tape.bytes(cell), tape.start(cell), tape.end(cell));
        if (!tape.left.isInteger()) {
            return false;
        }
        Decimal value = tape.left.toDecimal();
        // Beyond this size the remainder would cost more than an event may; no such number has it.
        return value.scale() <= MOST_DIGITS
                && new BigDecimal(value.toString()).toBigIntegerExact().remainder(divisor).equals(remainder);
    }
}
