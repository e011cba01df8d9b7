package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate.Within;
import dev.sluice.gateway.filter.json.Decimal;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** From a value at one path to where the keys that it meets lead. Immutable. */
final class ValueIndex {
    private final int present;
    private final int leaf;
    private final int nulls;
    private final int falses;
    private final int trues;
    private final @Nullable NumberTable numbers;
    private final @Nullable RangeTree ranges;
    private final @Nullable LooseIndex loose;

    private ValueIndex(Map<AccessKey, Integer> leads, Looks.Builder strings) {
        Map<Decimal, Integer> exact = new HashMap<>();
        Map<Literal, Integer> looseValues = new HashMap<>();
        List<RangeTree.Entry> bounds = new ArrayList<>();
        for (Map.Entry<AccessKey, Integer> entry : leads.entrySet()) {
            int lead = entry.getValue();
            switch (entry.getKey()) {
                case AccessKey.Equal(Literal.Text(String text)) -> strings.add(TextTable.WHOLE, text, lead);
                case AccessKey.EqualFolded(String text) -> strings.add(TextTable.FOLDED, text, lead);
                case AccessKey.Prefix(String text) -> strings.add(TextTable.BEGINNING, text, lead);
                case AccessKey.Suffix(String text) -> strings.add(TextTable.ENDING, text, lead);
                case AccessKey.Equal(Literal.Numeral(Decimal number)) -> exact.put(number, lead);
                case AccessKey.EqualLoosely(Literal value) -> looseValues.put(value, lead);
                case AccessKey.Range(Within within) -> bounds.add(new RangeTree.Entry(within, lead));
                default -> { }
            }
        }
        present = leads.getOrDefault(new AccessKey.Present(), KeyPostings.NOWHERE);
        leaf = leads.getOrDefault(new AccessKey.Leaf(), KeyPostings.NOWHERE);
        nulls = leads.getOrDefault(new AccessKey.Equal(Literal.NULL), KeyPostings.NOWHERE);
        falses = leads.getOrDefault(new AccessKey.Equal(new Literal.Bool(false)), KeyPostings.NOWHERE);
        trues = leads.getOrDefault(new AccessKey.Equal(new Literal.Bool(true)), KeyPostings.NOWHERE);
        numbers = exact.isEmpty() ? null : new NumberTable(exact);
        ranges = RangeTree.build(bounds);
        loose = LooseIndex.build(looseValues);
    }

    private boolean isEmpty() {
        return present < 0 && leaf < 0 && nulls < 0 && falses < 0 && trues < 0 && numbers == null && ranges == null && loose == null;
    }

    /** Notes where every key leads that a value meets, but for those that {@link Looks} find. */
    void find(Tape tape, int cell, Hits hits) {
        hits.meet(present);
        int kind = tape.kind(cell);
        if (kind >= Kind.OBJECT) {
            return;
        }
        hits.meet(leaf);
        switch (kind) {
            case Kind.STRING -> { }
            case Kind.NUMBER -> findNumber(tape, cell, hits);
            case Kind.NULL -> hits.meet(nulls);
            case Kind.FALSE -> hits.meet(falses);
            default -> hits.meet(trues);
        }
        if (loose != null) {
            loose.find(tape, cell, hits);
        }
    }

    private void findNumber(Tape tape, int cell, Hits hits) {
        byte[] bytes = tape.bytes(cell);
        int start = tape.start(cell);
        int end = tape.end(cell);
        if (numbers != null) {
            hits.meet(numbers.find(bytes, start, end, tape.left));
        }
        if (ranges != null) {
            ranges.find(bytes, start, end, tape.left, hits);
        }
    }

    /** Collects the keys of a path. */
    static final class Builder {
        private final Map<AccessKey, Integer> keys = new HashMap<>();

        /** The number of a key; on its first use a new one. */
        int key(AccessKey key, IntSupplier numbering) {
            Integer known = keys.get(key);
            if (known == null) {
                known = numbering.getAsInt();
                keys.put(key, known);
            }
            return known;
        }

        /** The index, or null when none but strings are looked for here; those are collected. */
        @Nullable ValueIndex build(KeyPostings postings, Looks.Builder strings) {
            Map<AccessKey, Integer> leads = new HashMap<>();
            keys.forEach((key, number) -> leads.put(key, postings.lead(number)));
            ValueIndex index = new ValueIndex(leads, strings);
            strings.endNode();
            return index.isEmpty() ? null : index;
        }
    }
}
