package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Utf8;
import dev.sluice.gateway.filter.json.Words;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All texts that the filters of a plan look for, at whatever path, with where they lead: one hash table for
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
    /** How many ways there are, and the bits that number one. */
    static final int WAY_BITS = 2;
    static final int WAYS = 1 << WAY_BITS;

    private static final long MIX = 0x9e3779b97f4a7c15L; // 2^64 divided by the golden ratio: Fibonacci hashing
    private static final long MIDDLE_MIX = 0xff51afd7ed558ccdL; // these are odd and otherwise arbitrary
    private static final long LAST_MIX = 0xc4ceb9fe1a85ec53L;
    private static final long PLACE_MIX = 0x9fb21c651e98df25L;
    /** By length, the bytes of a word that belong to a text. */
    private static final long[] WITHIN = {0, 0xff, 0xffff, 0xffffff, 0xffffffffL, 0xffffffffffL, 0xffffffffffffL, 0xffffffffffffffL, -1};
    private static final long LANES = 0x0001000100010001L;
    private static final long LANE_TOPS = 0x8000800080008000L;
    private static final int TAG_BITS = 16;
    private static final int TAGS = Long.SIZE / TAG_BITS;
    private static final int SLOT = 4;
    private static final int FROM = 1;
    private static final int TO = 2;
    private static final int LEAD = 3;

    private final int mask;
    private final int shift;
    private final long[] buckets;
    /** For each tag the place, the slice of the text and the lead, side by side and not in objects all over memory. */
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
        long hash = hash(entry.place, text, 0, text.length);
        int bucket = bucket(hash);
        while (isFull(buckets[bucket])) {
            bucket = (bucket + 1) & mask;
        }
        int lane = TAGS - Long.numberOfLeadingZeros(buckets[bucket]) / TAG_BITS;
        buckets[bucket] |= tag(hash) << (TAG_BITS * lane);
        int slot = SLOT * (TAGS * bucket + lane);
        slots[slot] = entry.place;
        slots[slot + FROM] = from;
        slots[slot + TO] = from + text.length;
        slots[slot + LEAD] = entry.lead;
    }

    /** Where a slice of the value at a node leads in one of the ways, or {@link KeyPostings#NOWHERE}. */
    int find(int node, int way, byte[] text, int start, int end) {
        int place = WAYS * node + way;
        long hash = hash(place, text, start, end);
        int bucket = bucket(hash);
        while (true) {
            long word = buckets[bucket];
            for (long same = equalTags(word, hash); same != 0; same &= same - 1) {
                int slot = SLOT * (TAGS * bucket + Long.numberOfTrailingZeros(same) / TAG_BITS);
                if (slots[slot] == place && Arrays.equals(text, start, end, texts, slots[slot + FROM], slots[slot + TO])) {
                    return slots[slot + LEAD];
                }
            }
            if (!isFull(word)) {
                return KeyPostings.NOWHERE;
            }
            bucket = (bucket + 1) & mask;
        }
    }

    private int bucket(long hash) {
        return (int) (hash >>> shift >>> TAG_BITS) & mask;
    }

    private long tag(long hash) {
        return ((hash >>> shift) & 0xffff) | 1;
    }

    /** The top bits of the lanes with the tag; one above such a lane may be marked wrongly. */
    private long equalTags(long word, long hash) {
        long zeroed = word ^ tag(hash) * LANES;
        return (zeroed - LANES) & ~zeroed & LANE_TOPS;
    }

    private static boolean isFull(long word) {
        return word >>> (Long.SIZE - TAG_BITS) != 0;
    }

    /** Of the place, the length, and the first, the middle and the last eight bytes. Without branches. */
    private static long hash(int place, byte[] text, int start, int end) {
        int length = end - start;
        if (start > text.length - Long.BYTES) {
            return hash(place, length, Words.prefix(text, start, end), 0, 0);
        }
        int behindFirst = Math.max(0, length - Long.BYTES);
        long mask = WITHIN[Math.min(length, Long.BYTES)];
        return hash(place, length, Words.longAt(text, start) & mask, behindFirst == 0 ? 0 : Words.longAt(text, start + behindFirst / 2),
                behindFirst == 0 ? 0 : Words.longAt(text, start + behindFirst));
    }

    private static long hash(int place, int length, long first, long middle, long last) {
        long sum = first * MIX + middle * MIDDLE_MIX + last * LAST_MIX + ((long) length << 32 | place) * PLACE_MIX;
        return (sum ^ sum >>> 32) * MIX;
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
