package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Utf8;
import dev.sluice.gateway.filter.json.Words;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Byte strings to values, found by a slice of the event without making a string of it. Open addressing over the
 * slice's first and last eight bytes and its length; immutable.
 */
final class KeyTable<V> {
    private static final long MIX = 0x9e3779b97f4a7c15L; // 2^64 divided by the golden ratio: Fibonacci hashing

    private final int shift;
    private final int mask;
    /** 0 for a free slot. Compared before the key itself, which is rarely in the processor's cache. */
    private final long[] hashes;
    private final byte[][] keys;
    private final @Nullable Object[] values;

    KeyTable(Map<String, ? extends V> entries) {
        int bits = Math.max(2, 33 - Integer.numberOfLeadingZeros(Math.max(1, entries.size())));
        mask = (1 << bits) - 1;
        shift = 64 - bits;
        hashes = new long[mask + 1];
        keys = new byte[mask + 1][];
        values = new Object[mask + 1];
        entries.forEach(this::put);
    }

    private void put(String name, V value) {
        byte[] key = Utf8.bytes(name);
        long hash = hash(key, 0, key.length);
        int slot = (int) (hash >>> shift);
        while (hashes[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        hashes[slot] = hash;
        keys[slot] = key;
        values[slot] = value;
    }

    /** The value of a slice, or null. */
    @SuppressWarnings("unchecked")
    @Nullable V find(byte[] text, int start, int end) {
        long hash = hash(text, start, end);
        int slot = (int) (hash >>> shift);
        while (hashes[slot] != 0) {
            if (hashes[slot] == hash && TextTests.equal(text, start, end, keys[slot])) {
                return (V) values[slot];
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    /** Never 0. */
    private static long hash(byte[] text, int start, int end) {
        int length = end - start;
        long tail = length <= 8 ? 0 : Words.longAt(text, end - 8);
        long mixed = (Words.prefix(text, start, end) ^ Long.rotateLeft(tail, 29)) * MIX + length;
        return (mixed ^ mixed >>> 32) * MIX | 1;
    }
}
