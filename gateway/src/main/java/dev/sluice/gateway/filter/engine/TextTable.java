package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Utf8;
import dev.sluice.gateway.filter.json.Words;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All texts that the filters of a plan look for, at whatever path, with where they lead: one hash table for
 * the whole plan, with open addressing. A slot has the first and the last eight bytes of its text, which of a short one
 * are all there is, so that a look for one touches no other place in memory. Immutable.
 */
final class TextTable {
    /** How a text is looked for. */
    static final int WHOLE = 0;
    static final int FOLDED = 1;
    static final int BEGINNING = 2;
    static final int ENDING = 3;
    /** How many ways there are, and the bits that number one. */
    static final int WAY_BITS = 2;
    static final int WAYS = 1 << WAY_BITS;

    private static final long MIX = 0x9e3779b97f4a7c15L; // 2^64 divided by the golden ratio: Fibonacci hashing
    private static final long MIDDLE_MIX = 0xff51afd7ed558ccdL; // these are odd and otherwise arbitrary
    private static final long LAST_MIX = 0xc4ceb9fe1a85ec53L;
    private static final long KEY_MIX = 0x9fb21c651e98df25L;
    private static final int STRIDE = 4;
    private static final int LAST = 1;
    private static final int KEY = 2;
    private static final int VALUE = 3;
    /** Texts up to this length are all in their slots. */
    private static final int SHORT = 2 * Long.BYTES;

    private final int mask;
    private final int shift;
    /**
     * For each slot the first bytes and the last; the length above the place; and where the rest lies above the lead and
     * one, or 0 for a free slot.
     */
    private final long[] slots;
    private final byte[] texts;

    private TextTable(List<Entry> entries) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, entries.size() + entries.size() / 2));
        mask = (1 << bits) - 1;
        shift = Long.SIZE - bits;
        slots = new long[STRIDE << bits];
        ByteArrayOutputStream collected = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            byte[] text = Utf8.bytes(entry.text);
            put(entry, text, collected.size());
            collected.writeBytes(text);
        }
        texts = collected.toByteArray();
    }

    private void put(Entry entry, byte[] text, int from) {
        long first = Words.first(text, 0, text.length);
        long last = Words.last(text, 0, text.length);
        long key = key(entry.place, text.length);
        int slot = slot(first, middle(text, 0, text.length), last, key);
        while (slots[STRIDE * slot + VALUE] != 0) {
            slot = slot + 1 & mask;
        }
        slots[STRIDE * slot] = first;
        slots[STRIDE * slot + LAST] = last;
        slots[STRIDE * slot + KEY] = key;
        slots[STRIDE * slot + VALUE] = (long) from << Integer.SIZE | (entry.lead + 1);
    }

    /** Where a slice of the value at a node leads in one of the ways, or {@link KeyPostings#NOWHERE}. */
    int find(int node, int way, byte[] text, int start, int end) {
        long first = Words.first(text, start, end);
        long last = Words.last(text, start, end);
        long key = key(WAYS * node + way, end - start);
        int slot = slot(first, middle(text, start, end), last, key);
        while (true) {
            int at = STRIDE * slot;
            long value = slots[at + VALUE];
            if (value == 0) {
                return KeyPostings.NOWHERE;
            }
            if (((slots[at] ^ first) | (slots[at + LAST] ^ last) | (slots[at + KEY] ^ key)) == 0
                    && (end - start <= SHORT || isAt((int) (value >>> Integer.SIZE), text, start, end))) {
                return (int) value - 1;
            }
            slot = slot + 1 & mask;
        }
    }

    private boolean isAt(int from, byte[] text, int start, int end) {
        return Arrays.equals(text, start, end, texts, from, from + (end - start));
    }

    private static long key(int place, int length) {
        return (long) length << Integer.SIZE | place;
    }

    private static long middle(byte[] text, int start, int end) {
        return end - start <= SHORT ? 0 : Words.longAt(text, start + (end - start - Long.BYTES) / 2);
    }

    private int slot(long first, long middle, long last, long key) {
        long sum = first * MIX + middle * MIDDLE_MIX + last * LAST_MIX + key * KEY_MIX;
        return (int) (((sum ^ sum >>> 32) * MIX) >>> shift);
    }

    private record Entry(int place, String text, int lead) {}

    /** Collects the texts. */
    static final class Builder {
        private final List<Entry> entries = new ArrayList<>();

        void add(int node, int way, String text, int lead) {
            entries.add(new Entry(WAYS * node + way, text, lead));
        }

        TextTable build() {
            return new TextTable(entries);
        }
    }
}
