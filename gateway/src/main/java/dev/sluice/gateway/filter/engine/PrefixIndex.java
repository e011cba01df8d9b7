package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Utf8;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Beginnings of strings to postings: a sorted array in which each entry knows the longest other entry that it begins
 * with. Every entry that a value begins with is found by one binary search and a walk along these links.
 */
final class PrefixIndex {
    private final byte[][] prefixes;
    private final int[] shorter;
    private final int[][] postings;

    private PrefixIndex(Map<String, int[]> entries) {
        List<Map.Entry<byte[], int[]>> sorted = entries.entrySet().stream()
                .map(entry -> Map.entry(Utf8.bytes(entry.getKey()), entry.getValue()))
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(key -> key, Arrays::compareUnsigned)))
                .toList();
        prefixes = new byte[sorted.size()][];
        postings = new int[sorted.size()][];
        shorter = new int[sorted.size()];
        for (int i = 0; i < prefixes.length; i++) {
            prefixes[i] = sorted.get(i).getKey();
            postings[i] = sorted.get(i).getValue();
            int parent = i - 1;
            while (parent >= 0 && !TextTests.startsWith(prefixes[i], 0, prefixes[i].length, prefixes[parent])) {
                parent = shorter[parent];
            }
            shorter[i] = parent;
        }
    }

    /** The index of some prefixes, or null for none. */
    static @Nullable PrefixIndex build(Map<String, int[]> entries) {
        return entries.isEmpty() ? null : new PrefixIndex(entries);
    }

    /** Adds the postings of every prefix that a string has. */
    void find(byte[] text, int start, int end, Hits hits) {
        int low = 0;
        int high = prefixes.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            byte[] prefix = prefixes[middle];
            if (Arrays.compareUnsigned(prefix, 0, prefix.length, text, start, end) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        // The longest prefix of the text is the last entry that does not sort after it, or one that this begins with.
        for (int i = high; i >= 0; i = shorter[i]) {
            if (TextTests.startsWith(text, start, end, prefixes[i])) {
                hits.add(postings[i]);
            }
        }
    }
}
