package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Utf8;
import dev.sluice.gateway.filter.json.Words;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The ways in which the strings at each path are to be looked up: whole, folded, and each length of a beginning or an
 * ending that some filter wants. A set of bits for each tells most strings that no filter asks for by their last letters
 * and length, which is cheaper than a look. All of them lie in one array, because references to objects all over memory
 * would cost more than the sets. Immutable.
 */
final class Looks {
    /** A set has up to so many words, a power of 2. */
    private static final int MOST_WORDS = 4096;
    /** So many bits for each text make few sets say yes wrongly. */
    private static final int BITS_EACH = 16;

    /** By node, the index of its first look; and behind the last node. */
    private final int[] starts;
    /** For each look a way with a length in the lower half and the number of words in its set, less one, in the upper; and the set. */
    private final long[] looks;
    private final TextTable texts;

    private Looks(int[] starts, long[] looks, TextTable texts) {
        this.starts = starts;
        this.looks = looks;
        this.texts = texts;
    }

    /** Notes where a string at a node leads. */
    void find(int node, Tape tape, int cell, Hits hits) {
        int i = starts[node];
        int behind = starts[node + 1];
        if (i < behind) {
            find(i, behind, node, tape, cell, hits);
        }
    }

    private void find(int first, int behind, int node, Tape tape, int cell, Hits hits) {
        int i = first;
        byte[] bytes = tape.bytes(cell);
        int start = tape.start(cell);
        int end = tape.end(cell);
        while (i < behind) {
            long head = looks[i];
            int way = (int) head & (TextTable.WAYS - 1);
            int words = (int) (head >>> Integer.SIZE);
            if (way == TextTable.FOLDED) {
                if (!tape.isAscii(cell) || has(i, words, foldedHash(Words.suffix(bytes, start, end), end - start))) {
                    int folded = tape.fold(cell);
                    hits.meet(texts.find(node, way, tape.folded(), 0, folded));
                }
            } else {
                int length = way == TextTable.WHOLE ? end - start : (int) head >>> TextTable.WAY_BITS;
                if (length <= end - start) {
                    int from = way == TextTable.ENDING ? end - length : start;
                    if (has(i, words, hash(Words.suffix(bytes, from, from + length), length))) {
                        hits.meet(texts.find(node, way, bytes, from, from + length));
                    }
                }
            }
            i += 2 + words;
        }
    }

    private boolean has(int look, int words, int hash) {
        return (looks[look + 1 + (hash >>> 8 & words)] & bit(hash)) != 0;
    }

    private static long bit(int hash) {
        return 1L << (hash >>> 26);
    }

    private static int hash(int suffix, int length) {
        return suffix * 0x9e3779b1 + length * 0x85ebca6b;
    }

    /** Of a string that may not be folded yet, but is of ASCII, so that it is as long when it is. */
    private static int foldedHash(int suffix, int length) {
        return hash(suffix | 0x20202020, length);
    }

    /** Collects the texts of all paths, node by node, for them and for the table. */
    static final class Builder {
        private final TextTable.Builder texts = new TextTable.Builder();
        private final Postings starts = new Postings();
        private final List<long[]> looks = new ArrayList<>();
        private int size;
        private final TreeMap<Integer, List<byte[]>> wanted = new TreeMap<>();

        void add(int way, String text, int lead) {
            texts.add(starts.size(), way, text, lead);
            byte[] bytes = Utf8.bytes(text);
            int length = way == TextTable.BEGINNING || way == TextTable.ENDING ? bytes.length : 0;
            wanted.computeIfAbsent(TextTable.WAYS * length + way, look -> new ArrayList<>()).add(bytes);
        }

        /** Says that the texts added since the last call are those of the next node. */
        void endNode() {
            starts.add(size);
            wanted.forEach((look, texts) -> {
                long[] set = set(look, texts);
                looks.add(set);
                size += set.length;
            });
            wanted.clear();
        }

        private static long[] set(int look, List<byte[]> texts) {
            int words = Math.min(MOST_WORDS, Integer.highestOneBit(Math.max(1, 2 * texts.size() * BITS_EACH / Long.SIZE - 1)));
            long[] set = new long[1 + words];
            set[0] = (long) (words - 1) << Integer.SIZE | look;
            boolean folded = (look & (TextTable.WAYS - 1)) == TextTable.FOLDED;
            for (byte[] text : texts) {
                int suffix = Words.suffix(text, 0, text.length);
                int hash = folded ? foldedHash(suffix, text.length) : hash(suffix, text.length);
                set[1 + (hash >>> 8 & words - 1)] |= bit(hash);
            }
            return set;
        }

        Looks build() {
            starts.add(size);
            long[] all = new long[size];
            int at = 0;
            for (long[] set : looks) {
                System.arraycopy(set, 0, all, at, set.length);
                at += set.length;
            }
            return new Looks(starts.toArray(), all, texts.build());
        }
    }
}
