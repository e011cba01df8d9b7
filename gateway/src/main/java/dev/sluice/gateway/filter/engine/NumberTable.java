package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Decimal;
import dev.sluice.gateway.filter.json.DecimalSlice;
import dev.sluice.gateway.filter.json.Whole;

import java.util.Arrays;
import java.util.Map;

/** Exact numbers to where their keys lead: a hash of {@code long}s for whole numbers, and one of all numbers for any notation. */
final class NumberTable {
    private static final long MIX = 0x9e3779b97f4a7c15L;
    private static final int NONE = -1;

    private final int shift;
    private final int mask;
    private final long[] longs;
    private final int[] byLong;
    private final Decimal[] decimals;
    private final int[] byDecimal;

    /** The leads are not negative. */
    NumberTable(Map<Decimal, Integer> entries) {
        int bits = Math.max(2, 33 - Integer.numberOfLeadingZeros(Math.max(1, entries.size())));
        mask = (1 << bits) - 1;
        shift = 64 - bits;
        longs = new long[mask + 1];
        byLong = new int[mask + 1];
        Arrays.fill(byLong, NONE);
        decimals = new Decimal[mask + 1];
        byDecimal = new int[mask + 1];
        Arrays.fill(byDecimal, NONE);
        entries.forEach(this::put);
    }

    private void put(Decimal number, int lead) {
        int slot = slot(DecimalSlice.hash(number));
        while (byDecimal[slot] != NONE) {
            slot = slot + 1 & mask;
        }
        decimals[slot] = number;
        byDecimal[slot] = lead;
        if (number.isLong()) {
            int whole = slot(number.toLong());
            while (byLong[whole] != NONE) {
                whole = whole + 1 & mask;
            }
            longs[whole] = number.toLong();
            byLong[whole] = lead;
        }
    }

    /** Where a validated number slice leads, or -1. */
    int find(byte[] text, int start, int end, DecimalSlice room) {
        long whole = Whole.read(text, start, end);
        if (whole != Whole.NOT) {
            int slot = slot(whole);
            while (byLong[slot] != NONE && longs[slot] != whole) {
                slot = slot + 1 & mask;
            }
            return byLong[slot];
        }
        room.read(text, start, end);
        int slot = slot(room.hash());
        while (byDecimal[slot] != NONE && room.compareTo(decimals[slot]) != 0) {
            slot = slot + 1 & mask;
        }
        return byDecimal[slot];
    }

    private int slot(long hash) {
        return (int) ((hash * MIX) >>> shift);
    }
}
