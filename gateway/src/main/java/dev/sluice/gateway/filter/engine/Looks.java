package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Utf8;
import dev.sluice.gateway.filter.json.Words;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/**
 * How to look strings at one path up in the table of texts: whole, folded, and by each length of a beginning or ending
 * that some filter asks for. A set of 64 bits for each tells most strings that no filter asks for by their last letters
 * and length, which is cheaper than a look. Immutable.
 */
final class Looks {
    private final int node;
    /** For each look a way with a length, and the set. */
    private final long[] looks;

    private Looks(int node, Map<Integer, Long> sets) {
        this.node = node;
        looks = new long[2 * sets.size()];
        int i = 0;
        for (Map.Entry<Integer, Long> entry : sets.entrySet()) {
            looks[i++] = entry.getKey();
            looks[i++] = entry.getValue();
        }
    }

    /** Notes the keys that a string meets. */
    void find(Tape tape, int cell, TextTable texts, Hits hits) {
        byte[] bytes = tape.bytes(cell);
        int start = tape.start(cell);
        int end = tape.end(cell);
        for (int i = 0; i < looks.length; i += 2) {
            int look = (int) looks[i];
            int way = look & (TextTable.WAYS - 1);
            int length = way == TextTable.WHOLE ? end - start : look >>> TextTable.WAY_BITS;
            if (way == TextTable.FOLDED) {
                if ((looks[i + 1] & foldedBit(bytes, start, end)) != 0) {
                    int folded = tape.fold(cell);
                    hits.meet(texts.find(node, way, tape.folded(), 0, folded));
                }
            } else if (length <= end - start) {
                int from = way == TextTable.ENDING ? end - length : start;
                if ((looks[i + 1] & bit(bytes, from, from + length)) != 0) {
                    hits.meet(texts.find(node, way, bytes, from, from + length));
                }
            }
        }
    }

    private static long bit(byte[] text, int start, int end) {
        return bit(Words.suffix(text, start, end), end - start);
    }

    /** Of a string that may not be folded yet. Nothing is said of one whose end is not ASCII. */
    private static long foldedBit(byte[] text, int start, int end) {
        int word = Words.suffix(text, start, end);
        return Words.isAscii(word) ? bit(word | 0x20202020, 0) : -1;
    }

    private static long bit(int word, int length) {
        return 1L << ((word * 0x9e3779b1 + length * 0x85ebca6b) >>> 26);
    }

    /** Collects the texts of one path, for it and for the table. */
    static final class Builder {
        private final int node;
        private final TextTable.Builder texts;
        private final Map<Integer, Long> sets = new TreeMap<>();

        Builder(int node, TextTable.Builder texts) {
            this.node = node;
            this.texts = texts;
        }

        void add(int way, String text, int key) {
            texts.add(node, way, text, key);
            byte[] bytes = Utf8.bytes(text);
            int look = TextTable.WAYS * (way == TextTable.BEGINNING || way == TextTable.ENDING ? bytes.length : 0) + way;
            long bit = way == TextTable.FOLDED ? foldedBit(bytes, 0, bytes.length) : bit(bytes, 0, bytes.length);
            sets.merge(look, bit, (one, other) -> one | other);
        }

        /** The looks, or null for none. */
        @Nullable Looks build() {
            return sets.isEmpty() ? null : new Looks(node, sets);
        }
    }
}
