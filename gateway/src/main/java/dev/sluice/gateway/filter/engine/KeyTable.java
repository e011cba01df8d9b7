package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Utf8;
import dev.sluice.gateway.filter.json.Words;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Map;

/**
 * Byte strings to values, found by a slice of the event without making a string of it. Open addressing over the
 * slice's first and last eight bytes and its length; immutable.
 */
final class KeyTable<V> {
    private static final long MIX = 0x9e3779b97f4a7c15L; // 2^64 divided by the golden ratio: Fibonacci hashing
    private static final byte[] NONE = {};

    private final int shift;
    private final int mask;
    private final long[] heads;
    private final byte[][] keys;
    private final @Nullable Object[] values;

    KeyTable(Map<String, ? extends V> entries) {
        int bits = Math.max(2, 33 - Integer.numberOfLeadingZeros(Math.max(1, entries.size())));
        mask = (1 << bits) - 1;
        shift = 64 - bits;
        heads = new long[mask + 1];
        keys = new byte[mask + 1][];
        Arrays.fill(keys, NONE);
        values = new Object[mask + 1];
        entries.forEach(this::put);
    }

    private void put(String name, V value) {
        byte[] key = Utf8.bytes(name);
        long head = Words.prefix(key, 0, key.length);
        int slot = slot(head, key, 0, key.length);
        while (values[slot] != null) {
            slot = slot + 1 & mask;
        }
        heads[slot] = head;
        keys[slot] = key;
        values[slot] = value;
    }

    /** The value of a slice, or null. */
    @SuppressWarnings("unchecked")
    @Nullable V find(byte[] text, int start, int end) {
        long head = Words.prefix(text, start, end);
        int slot = slot(head, text, start, end);
        while (true) {
            Object value = values[slot];
            if (value == null) {
                return null;
            }
            byte[] key = keys[slot];
            if (heads[slot] == head && key.length == end - start
                    && (key.length <= 8 || Arrays.equals(key, 8, key.length, text, start + 8, end))) {
                return (V) value;
            }
            slot = slot + 1 & mask;
        }
    }

    private int slot(long head, byte[] text, int start, int end) {
        int length = end - start;
        long tail = length <= 8 ? 0 : Words.longAt(text, end - 8);
        return (int) ((((head ^ Long.rotateLeft(tail, 29)) * MIX + length) * MIX) >>> shift);
    }
}
