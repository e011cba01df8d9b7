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

    private final KeyTable<int[]> strings;
    private final NumberTable numbers;
    private final int @Nullable [] ones;
    private final int @Nullable [] zeros;
    private final int @Nullable [] nulls;

    private LooseIndex(Map<Literal, int[]> entries) {
        Map<String, int[]> texts = new HashMap<>();
        Map<Decimal, int[]> decimals = new HashMap<>();
        entries.forEach((literal, postings) -> {
            if (literal instanceof Literal.Text(String text)) {
                texts.put(text, postings);
            } else if (literal instanceof Literal.Numeral(Decimal number)) {
                decimals.put(number, postings);
            }
        });
        strings = new KeyTable<>(texts);
        numbers = new NumberTable(decimals);
        ones = decimals.get(ONE);
        zeros = decimals.get(ZERO);
        nulls = entries.get(Literal.NULL);
    }

    /** The index of some literals in loose form, or null for none. */
    static @Nullable LooseIndex build(Map<Literal, int[]> entries) {
        return entries.isEmpty() ? null : new LooseIndex(entries);
    }

    void find(Tape tape, int cell, Hits hits) {
        byte[] bytes = tape.bytes(cell);
        switch (LooseForm.of(tape, cell)) {
            case Kind.TRUE -> hits.addIfAny(ones);
            case Kind.FALSE -> hits.addIfAny(zeros);
            case Kind.NULL -> hits.addIfAny(nulls);
            case Kind.NUMBER -> hits.addIfAny(numbers.find(bytes, tape.start(cell), tape.end(cell), tape.left));
            case Kind.STRING -> hits.addIfAny(strings.find(bytes, tape.start(cell), tape.end(cell)));
            default -> { }
        }
    }
}
