package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Utf8;
import dev.sluice.gateway.filter.json.Wanted;
import dev.sluice.gateway.filter.json.Words;

import java.util.Map;

/**
 * Byte strings to numbers from 0, found by a slice of the event without making a string of it. Open addressing over the
 * slice's first and last eight bytes and its length, which are in the table itself: of a short string they are all there
 * is, and a look touches one place in memory. Immutable.
 */
final class KeyTable {
    /** What is found for a string that is not in the table. */
    static final int NONE = Wanted.NONE;

    private static final long MIX = 0x9e3779b97f4a7c15L; // 2^64 divided by the golden ratio: Fibonacci hashing
    private static final int STRIDE = 4;
    private static final int LAST = 1;
    private static final int LENGTH = 2;
    private static final int VALUE = 3;
    private static final int SHORT = 2 * Long.BYTES;

    private final int shift;
    private final int mask;
    /** For each slot the first and the last bytes, the length, and the value and one; 0 for a free one. */
    private final long[] slots;
    private final byte[][] keys;

    KeyTable(Map<String, Integer> entries) {
        int bits = Math.max(2, 33 - Integer.numberOfLeadingZeros(Math.max(1, entries.size())));
        mask = (1 << bits) - 1;
        shift = Long.SIZE - bits;
        slots = new long[STRIDE * (mask + 1)];
        keys = new byte[mask + 1][];
        entries.forEach(this::put);
    }

    private void put(String name, int value) {
        byte[] key = Utf8.bytes(name);
        long first = Words.first(key, 0, key.length);
        long last = Words.last(key, 0, key.length);
        int slot = slot(first, last);
        while (slots[STRIDE * slot + VALUE] != 0) {
            slot = slot + 1 & mask;
        }
        slots[STRIDE * slot] = first;
        slots[STRIDE * slot + LAST] = last;
        slots[STRIDE * slot + LENGTH] = key.length;
        slots[STRIDE * slot + VALUE] = value + 1L;
        keys[slot] = key;
    }

    /** The number of a slice, or {@link #NONE}. */
    int find(byte[] text, int start, int end) {
        int length = end - start;
        long first = Words.first(text, start, end);
        long last = Words.last(text, start, end);
        int slot = slot(first, last);
        while (true) {
            int at = STRIDE * slot;
            long value = slots[at + VALUE];
            if (value == 0) {
                return NONE;
            }
            if (((slots[at] ^ first) | (slots[at + LAST] ^ last) | (slots[at + LENGTH] ^ length)) == 0
                    && (length <= SHORT || TextTests.equal(text, start, end, keys[slot]))) {
                return (int) value - 1;
            }
            slot = slot + 1 & mask;
        }
    }

    private int slot(long first, long last) {
        return (int) (((first ^ Long.rotateLeft(last, 29)) * MIX) >>> shift);
    }
}
