package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Utf8;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Beginnings (or endings) of strings to postings: a sorted array in which each entry knows the longest other entry that
 * it begins with. Every entry that a value begins with is found by one binary search and a walk along these links.
 */
final class AffixIndex {
    private final byte[][] affixes;
    private final int[] shorter;
    private final int[][] postings;
    private final boolean endings;

    private AffixIndex(Map<String, int[]> entries, boolean endings) {
        this.endings = endings;
        List<Map.Entry<byte[], int[]>> sorted = entries.entrySet().stream()
                .map(entry -> Map.entry(key(entry.getKey(), endings), entry.getValue()))
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(key -> key, Arrays::compareUnsigned)))
                .toList();
        affixes = new byte[sorted.size()][];
        postings = new int[sorted.size()][];
        shorter = new int[sorted.size()];
        for (int i = 0; i < affixes.length; i++) {
            affixes[i] = sorted.get(i).getKey();
            postings[i] = sorted.get(i).getValue();
            int parent = i - 1;
            while (parent >= 0 && !startsWith(affixes[i], affixes[parent])) {
                parent = shorter[parent];
            }
            shorter[i] = parent;
        }
    }

    /** The index of some affixes, or null for none. */
    static @Nullable AffixIndex build(Map<String, int[]> entries, boolean endings) {
        return entries.isEmpty() ? null : new AffixIndex(entries, endings);
    }

    private static byte[] key(String affix, boolean reversed) {
        byte[] bytes = Utf8.bytes(affix);
        if (reversed) {
            for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
                byte swapped = bytes[i];
                bytes[i] = bytes[j];
                bytes[j] = swapped;
            }
        }
        return bytes;
    }

    private static boolean startsWith(byte[] text, byte[] start) {
        return text.length >= start.length && Arrays.equals(text, 0, start.length, start, 0, start.length);
    }

    /** Adds the postings of every affix that a string has. */
    void find(byte[] text, int start, int end, Hits hits) {
        int low = 0;
        int high = affixes.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (compare(affixes[middle], text, start, end) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        // The longest affix of the text is at or below the last entry that does not sort after the text.
        for (int i = high; i >= 0; i = shorter[i]) {
            if (common(affixes[i], text, start, end) == affixes[i].length) {
                hits.add(postings[i]);
            }
        }
    }

    private int compare(byte[] affix, byte[] text, int start, int end) {
        int common = common(affix, text, start, end);
        if (common == affix.length) {
            return common == end - start ? 0 : -1;
        }
        return common == end - start ? 1 : (affix[common] & 0xff) - (at(text, start, end, common) & 0xff);
    }

    private int common(byte[] affix, byte[] text, int start, int end) {
        int most = Math.min(affix.length, end - start);
        int i = 0;
        while (i < most && affix[i] == at(text, start, end, i)) {
            i++;
        }
        return i;
    }

    private byte at(byte[] text, int start, int end, int i) {
        return endings ? text[end - 1 - i] : text[start + i];
    }
}
