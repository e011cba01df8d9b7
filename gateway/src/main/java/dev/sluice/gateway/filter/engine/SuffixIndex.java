package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Utf8;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/** Endings of strings to postings: a hash table for each length that occurs, so one lookup a length. */
final class SuffixIndex {
    private final int[] lengths;
    private final KeyTable<int[]>[] tables;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private SuffixIndex(Map<String, int[]> entries) {
        Map<Integer, Map<String, int[]>> byLength = new TreeMap<>();
        entries.forEach((suffix, postings) -> byLength
                .computeIfAbsent(Utf8.bytes(suffix).length, absent -> new TreeMap<>()).put(suffix, postings));
        lengths = byLength.keySet().stream().mapToInt(Integer::intValue).toArray();
        tables = byLength.values().stream().map(KeyTable::new).toArray(KeyTable[]::new);
    }

    /** The index of some suffixes, or null for none. */
    static @Nullable SuffixIndex build(Map<String, int[]> entries) {
        return entries.isEmpty() ? null : new SuffixIndex(entries);
    }

    /** Adds the postings of every suffix that a string has. */
    void find(byte[] text, int start, int end, Hits hits) {
        for (int i = 0; i < lengths.length && lengths[i] <= end - start; i++) {
            hits.addIfAny(tables[i].find(text, end - lengths[i], end));
        }
    }
}
