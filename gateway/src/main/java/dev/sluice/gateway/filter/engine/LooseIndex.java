package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.json.Decimal;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** Equality in the loose form of values, see {@link LooseForm}. */
final class LooseIndex {
    private static final Decimal ONE = Decimal.of(1);
    private static final Decimal ZERO = Decimal.of(0);

    private final KeyTable strings;
    private final NumberTable numbers;
    private final int ones;
    private final int zeros;
    private final int nulls;

    private LooseIndex(Map<Literal, Integer> entries) {
        Map<String, Integer> texts = new HashMap<>();
        Map<Decimal, Integer> decimals = new HashMap<>();
        entries.forEach((literal, lead) -> {
            if (literal instanceof Literal.Text(String text)) {
                texts.put(text, lead);
            } else if (literal instanceof Literal.Numeral(Decimal number)) {
                decimals.put(number, lead);
            }
        });
        strings = new KeyTable(texts);
        numbers = new NumberTable(decimals);
        ones = decimals.getOrDefault(ONE, KeyPostings.NOWHERE);
        zeros = decimals.getOrDefault(ZERO, KeyPostings.NOWHERE);
        nulls = entries.getOrDefault(Literal.NULL, KeyPostings.NOWHERE);
    }

    /** The index of some literals in loose form, or null for none. */
    static @Nullable LooseIndex build(Map<Literal, Integer> entries) {
        return entries.isEmpty() ? null : new LooseIndex(entries);
    }

    void find(Tape tape, int cell, Hits hits) {
        byte[] bytes = tape.bytes(cell);
        switch (LooseForm.of(tape, cell)) {
            case Kind.TRUE -> hits.meet(ones);
            case Kind.FALSE -> hits.meet(zeros);
            case Kind.NULL -> hits.meet(nulls);
            case Kind.NUMBER -> hits.meet(numbers.find(bytes, tape.start(cell), tape.end(cell), tape.left));
            case Kind.STRING -> hits.meet(strings.find(bytes, tape.start(cell), tape.end(cell)));
            default -> { }
        }
    }
}
