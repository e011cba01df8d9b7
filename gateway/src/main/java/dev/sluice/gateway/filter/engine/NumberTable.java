package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Decimal;
import dev.sluice.gateway.filter.json.DecimalSlice;
import dev.sluice.gateway.filter.json.Whole;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Postings by exact number: a hash of {@code long}s for whole numbers, and one of all numbers for any notation. */
final class NumberTable {
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final int shift;
    private final int mask;
    private final long[] longs;
    private final int[][] byLong;
    private final Decimal[] decimals;
    private final int[][] byDecimal;

    NumberTable(Map<Decimal, int[]> entries) {
        int bits = Math.max(2, 33 - Integer.numberOfLeadingZeros(Math.max(1, entries.size())));
        mask = (1 << bits) - 1;
        shift = 64 - bits;
        longs = new long[mask + 1];
        byLong = new int[mask + 1][];
        decimals = new Decimal[mask + 1];
        byDecimal = new int[mask + 1][];
        entries.forEach(this::put);
    }

    private void put(Decimal number, int[] postings) {
        int slot = slot(DecimalSlice.hash(number));
        while (byDecimal[slot] != null) {
            slot = slot + 1 & mask;
        }
        decimals[slot] = number;
        byDecimal[slot] = postings;
        if (number.isLong()) {
            int whole = slot(number.toLong());
            while (byLong[whole] != null) {
                whole = whole + 1 & mask;
            }
            longs[whole] = number.toLong();
            byLong[whole] = postings;
        }
    }

    /** The postings of a validated number slice, or null. */
    int @Nullable [] find(byte[] text, int start, int end, DecimalSlice room) {
        long whole = Whole.read(text, start, end);
        if (whole != Whole.NOT) {
            int slot = slot(whole);
            while (byLong[slot] != null && longs[slot] != whole) {
                slot = slot + 1 & mask;
            }
            return byLong[slot];
        }
        room.read(text, start, end);
        int slot = slot(room.hash());
        while (byDecimal[slot] != null && room.compareTo(decimals[slot]) != 0) {
            slot = slot + 1 & mask;
        }
        return byDecimal[slot];
    }

    private int slot(long hash) {
        return (int) ((hash * MIX) >>> shift);
    }
}
