package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.json.Decimal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Equality with one of some scalars. */
final class ScalarSet implements ValueTest {
    private static final int FOUND = 0;

    private final boolean loose;
    private final KeyTable strings;
    private final NumberTable numbers;
    private final boolean hasNull;
    private final boolean hasTrue;
    private final boolean hasFalse;

    ScalarSet(List<Literal> values, boolean loose) {
        this.loose = loose;
        List<Literal> literals = loose ? values.stream().map(LooseForm::of).toList() : values;
        Map<String, Integer> texts = new HashMap<>();
        Map<Decimal, Integer> decimals = new HashMap<>();
        for (Literal literal : literals) {
            if (literal instanceof Literal.Text(String text)) {
                texts.put(text, FOUND);
            } else if (literal instanceof Literal.Numeral(Decimal number)) {
                decimals.put(number, FOUND);
            }
        }
        strings = new KeyTable(texts);
        numbers = new NumberTable(decimals);
        hasNull = literals.contains(Literal.NULL);
        hasTrue = loose ? decimals.containsKey(Decimal.of(1)) : literals.contains(new Literal.Bool(true));
        hasFalse = loose ? decimals.containsKey(Decimal.of(0)) : literals.contains(new Literal.Bool(false));
    }

    @Override
    public boolean passes(Tape tape, int cell) {
        return switch (loose ? LooseForm.of(tape, cell) : tape.kind(cell)) {
            case Kind.STRING -> strings.find(tape.bytes(cell), tape.start(cell), tape.end(cell)) == FOUND;
            case Kind.NUMBER -> numbers.find(tape.bytes(cell), tape.start(cell), tape.end(cell), tape.left) == FOUND;
            case Kind.NULL -> hasNull;
            case Kind.TRUE -> hasTrue;
            case Kind.FALSE -> hasFalse;
            default -> false;
        };
    }
}
