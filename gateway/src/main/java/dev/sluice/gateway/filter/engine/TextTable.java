package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Utf8;
import dev.sluice.gateway.filter.json.Words;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All texts that the filters of a plan look for, at whatever path, with the numbers of their keys: one hash table for
 * the whole plan, so that a look that finds nothing costs one access to memory. Immutable.
 *
 * <p>A bucket is four tags of 16 bits in a word, compared at once. A tag is a part of the hash that does not choose the
 * bucket, or 0 when free.
 */
final class TextTable {
    /** How a text is looked for. */
    static final int WHOLE = 0;
    static final int FOLDED = 1;
    static final int BEGINNING = 2;
    static final int ENDING = 3;
    private static final int WAYS = 4;

    private static final long MIX = 0x9e3779b97f4a7c15L; // 2^64 divided by the golden ratio: Fibonacci hashing
    private static final long LANES = 0x0001000100010001L;
    private static final long LANE_TOPS = 0x8000800080008000L;
    private static final int TAG_BITS = 16;
    private static final int TAGS = Long.SIZE / TAG_BITS;
    private static final int SLOT = 4;
    private static final int FROM = 1;
    private static final int TO = 2;
    private static final int KEY = 3;

    private final int mask;
    private final int shift;
    private final long[] buckets;
    /** For each tag the place, the slice of the text and the key, side by side and not in objects all over memory. */
    private final int[] slots;
    private final byte[] texts;

    private TextTable(List<Entry> entries) {
        int size = 2 * Integer.highestOneBit(Math.max(1, entries.size() / 2));
        mask = size - 1;
        shift = Long.SIZE - TAG_BITS - Integer.bitCount(mask);
        buckets = new long[size];
        slots = new int[SLOT * TAGS * size];
        ByteArrayOutputStream collected = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            byte[] text = Utf8.bytes(entry.text);
            put(entry, text, collected.size());
            collected.writeBytes(text);
        }
        texts = collected.toByteArray();
    }

    private void put(Entry entry, byte[] text, int from) {
        long hash = entry.place % WAYS == FOLDED ? endsHash(text, 0, text.length) : hash(text, 0, text.length);
        long mixed = mix(hash, entry.place);
        int bucket = bucket(mixed);
        while (isFull(buckets[bucket])) {
            bucket = (bucket + 1) & mask;
        }
        int lane = TAGS - Long.numberOfLeadingZeros(buckets[bucket]) / TAG_BITS;
        buckets[bucket] |= tag(mixed) << (TAG_BITS * lane);
        int slot = SLOT * (TAGS * bucket + lane);
        slots[slot] = entry.place;
        slots[slot + FROM] = from;
        slots[slot + TO] = from + text.length;
        slots[slot + KEY] = entry.key;
    }

    /** The key that a slice meets as a whole, a beginning or an ending of the value at a node; or -1. */
    int find(int node, int way, byte[] text, int start, int end) {
        return find(WAYS * node + way, hash(text, start, end), text, start, end);
    }

    /** The key that a string at a node meets whatever the case of its letters, or -1. */
    int findFolded(int node, Tape tape, int cell) {
        int place = WAYS * node + FOLDED;
        byte[] text = tape.bytes(cell);
        int start = tape.start(cell);
        int end = tape.end(cell);
        long first = Words.prefix(text, start, end);
        long last = last(text, start, end);
        // What is ASCII at both ends is so after folding. The whole is folded only when there may be a key for it.
        if (Words.isAscii(first | last) && !isTagged(mix(hash(Words.lowerCase(first), Words.lowerCase(last)), place))) {
            return -1;
        }
        int length = tape.fold(cell);
        return find(place, endsHash(tape.folded(), 0, length), tape.folded(), 0, length);
    }

    private int find(int place, long hash, byte[] text, int start, int end) {
        long mixed = mix(hash, place);
        int bucket = bucket(mixed);
        while (true) {
            long word = buckets[bucket];
            for (long same = equalTags(word, mixed); same != 0; same &= same - 1) {
                int slot = SLOT * (TAGS * bucket + Long.numberOfTrailingZeros(same) / TAG_BITS);
                if (slots[slot] == place && Arrays.equals(text, start, end, texts, slots[slot + FROM], slots[slot + TO])) {
                    return slots[slot + KEY];
                }
            }
            if (!isFull(word)) {
                return -1;
            }
            bucket = (bucket + 1) & mask;
        }
    }

    private boolean isTagged(long mixed) {
        int bucket = bucket(mixed);
        while (equalTags(buckets[bucket], mixed) == 0) {
            if (!isFull(buckets[bucket])) {
                return false;
            }
            bucket = (bucket + 1) & mask;
        }
        return true;
    }

    private int bucket(long mixed) {
        return (int) (mixed >>> shift >>> TAG_BITS) & mask;
    }

    private long tag(long mixed) {
        return ((mixed >>> shift) & 0xffff) | 1;
    }

    /** The top bits of the lanes with the tag; one above such a lane may be marked wrongly. */
    private long equalTags(long word, long mixed) {
        long zeroed = word ^ tag(mixed) * LANES;
        return (zeroed - LANES) & ~zeroed & LANE_TOPS;
    }

    private static boolean isFull(long word) {
        return word >>> (Long.SIZE - TAG_BITS) != 0;
    }

    private static long mix(long hash, int place) {
        long mixed = (hash ^ place) * MIX;
        return (mixed ^ mixed >>> 32) * MIX;
    }

    /** Of the first, the middle and the last eight bytes. */
    private static long hash(byte[] text, int start, int end) {
        int length = end - start;
        long hash = Words.prefix(text, start, end) * MIX + length;
        if (length > Long.BYTES) {
            long middle = Words.longAt(text, start + (length - Long.BYTES) / 2);
            hash = (hash ^ hash >>> 32 ^ middle) * MIX ^ Long.rotateLeft(Words.longAt(text, end - Long.BYTES), 29);
        }
        return hash;
    }

    private static long endsHash(byte[] text, int start, int end) {
        return hash(Words.prefix(text, start, end), last(text, start, end));
    }

    private static long hash(long first, long last) {
        return (first ^ Long.rotateLeft(last, 29)) * MIX;
    }

    private static long last(byte[] text, int start, int end) {
        return end - start > Long.BYTES ? Words.longAt(text, end - Long.BYTES) : 0;
    }

    private record Entry(int place, String text, int key) {}

    /** Collects the texts. */
    static final class Builder {
        private final List<Entry> entries = new ArrayList<>();

        /** Adds a text and returns its length in bytes. */
        int add(int node, int way, String text, int key) {
            entries.add(new Entry(WAYS * node + way, text, key));
            return Utf8.bytes(text).length;
        }

        TextTable build() {
            return new TextTable(entries);
        }
    }
}
