package dev.sluice.gateway.filter.json;

import java.util.Collection;

/**
 * Sets of member names in a word: a bit for each name, made of its length and its last two letters. Names may share a
 * bit, so that a set says which members nobody asks for, and not which somebody does.
 */
public final class Names {
    private static final int MIX = 0x9e3779b1; // 2^32 divided by the golden ratio: Fibonacci hashing
    private static final long ALL = -1;
    /** Sets of more names tell too few apart. */
    private static final int MOST = 12;

    private Names() {}

    /** The set of some names. */
    public static long bits(Collection<String> names) {
        long bits = names.size() > MOST ? ALL : 0;
        for (String name : names) {
            byte[] quoted = Utf8.bytes('"' + name + '"');
            int closing = quoted.length - 1;
            bits |= closing == 1 ? ALL : bit(Words.first(quoted, closing - 2, closing), closing);
        }
        return bits;
    }

    /** The bit of a name, made of its length (and one) and its last two bytes (or the quote and its only one) in a word. */
    static long bit(long word, int length) {
        return 1L << (((((int) word & 0xffff) | (length << 16)) * MIX) >>> 26);
    }
}
