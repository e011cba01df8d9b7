package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate.Within;
import dev.sluice.gateway.filter.json.Decimal;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** From a value at one path to the routes that it makes possible. Immutable. */
final class ValueIndex {
    private static final int[] NONE = {};

    private final int[] present;
    private final int[] nulls;
    private final int[] falses;
    private final int[] trues;
    private final @Nullable KeyTable<int[]> strings;
    private final @Nullable KeyTable<int[]> folded;
    private final @Nullable NumberTable numbers;
    private final @Nullable LooseIndex loose;
    private final @Nullable RangeTree ranges;
    private final @Nullable PrefixIndex prefixes;
    private final @Nullable SuffixIndex suffixes;

    private ValueIndex(Map<AccessKey, int[]> entries) {
        present = entries.getOrDefault(new AccessKey.Present(), NONE);
        nulls = entries.getOrDefault(new AccessKey.Equal(Literal.NULL), NONE);
        falses = entries.getOrDefault(new AccessKey.Equal(new Literal.Bool(false)), NONE);
        trues = entries.getOrDefault(new AccessKey.Equal(new Literal.Bool(true)), NONE);
        Map<String, int[]> texts = select(entries,
                key -> key instanceof AccessKey.Equal(Literal.Text(String text)) ? text : null);
        strings = texts.isEmpty() ? null : new KeyTable<>(texts);
        Map<String, int[]> foldedTexts = select(entries,
                key -> key instanceof AccessKey.EqualFolded(String text) ? text : null);
        folded = foldedTexts.isEmpty() ? null : new KeyTable<>(foldedTexts);
        Map<Decimal, int[]> exact = select(entries,
                key -> key instanceof AccessKey.Equal(Literal.Numeral(Decimal number)) ? number : null);
        numbers = exact.isEmpty() ? null : new NumberTable(exact);
        loose = LooseIndex.build(select(entries, key -> key instanceof AccessKey.EqualLoosely(Literal value) ? value : null));
        List<RangeTree.Entry> bounds = new ArrayList<>();
        select(entries, key -> key instanceof AccessKey.Range(Within within) ? within : null)
                .forEach((within, postings) -> bounds.add(new RangeTree.Entry(within, postings)));
        ranges = RangeTree.build(bounds);
        prefixes = PrefixIndex.build(select(entries, key -> key instanceof AccessKey.Prefix(String text) ? text : null));
        suffixes = SuffixIndex.build(select(entries, key -> key instanceof AccessKey.Suffix(String text) ? text : null));
    }

    private static <K> Map<K, int[]> select(Map<AccessKey, int[]> entries, Function<AccessKey, @Nullable K> part) {
        Map<K, int[]> selected = new HashMap<>();
        entries.forEach((key, postings) -> {
            K found = part.apply(key);
            if (found != null) {
                selected.put(found, postings);
            }
        });
        return selected;
    }

    /** Adds the postings of every key that a noted value meets. */
    void find(Tape tape, int cell, Hits hits) {
        hits.add(present);
        switch (tape.kind(cell)) {
            case Kind.STRING -> findString(tape, cell, hits);
            case Kind.NUMBER -> findNumber(tape, cell, hits);
            case Kind.NULL -> hits.add(nulls);
            case Kind.FALSE -> hits.add(falses);
            case Kind.TRUE -> hits.add(trues);
            default -> {
                return;
            }
        }
        if (loose != null) {
            loose.find(tape, cell, hits);
        }
    }

    private void findString(Tape tape, int cell, Hits hits) {
        byte[] bytes = tape.bytes(cell);
        int start = tape.start(cell);
        int end = tape.end(cell);
        if (strings != null) {
            hits.addIfAny(strings.find(bytes, start, end));
        }
        if (prefixes != null) {
            prefixes.find(bytes, start, end, hits);
        }
        if (suffixes != null) {
            suffixes.find(bytes, start, end, hits);
        }
        if (folded != null) {
            int length = tape.fold(cell);
            hits.addIfAny(folded.find(tape.folded(), 0, length));
        }
    }

    private void findNumber(Tape tape, int cell, Hits hits) {
        byte[] bytes = tape.bytes(cell);
        int start = tape.start(cell);
        int end = tape.end(cell);
        if (numbers != null) {
            hits.addIfAny(numbers.find(bytes, start, end, tape.left));
        }
        if (ranges != null) {
            tape.left.read(bytes, start, end);
            ranges.find(tape.left, hits);
        }
    }

    /** Collects the routes of a path. */
    static final class Builder {
        private final Map<AccessKey, Postings> postings = new HashMap<>();

        void add(AccessKey key, int posting) {
            postings.computeIfAbsent(key, _ -> new Postings()).add(posting);
        }

        @Nullable ValueIndex build() {
            if (postings.isEmpty()) {
                return null;
            }
            Map<AccessKey, int[]> entries = new HashMap<>();
            postings.forEach((key, list) -> entries.put(key, list.toArray()));
            return new ValueIndex(entries);
        }
    }
}
