package dev.sluice.gateway.filter.json;

import java.util.Collection;

import static dev.sluice.gateway.filter.json.Words.intAt;
import static dev.sluice.gateway.filter.json.Words.longAt;

/**
 * Passes runs of ordinary members of an object: a name and a string of plain ASCII, a whole number, true, false or
 * null, and no white space between them. Compact JSON consists of little else. Anything unusual is left to the
 * scanners, which know all the rules and faults.
 *
 * <p>A string costs a step from one mark to the next and a comparison of the bytes there. The steps do not wait for
 * the positions that they yield, so that the processor works on several members at once. Not safe for use by several
 * threads at once.
 */
public final class MemberRuns {
    private static final long STRING = '"' | ':' << 8 | '"' << 16;
    private static final long SCALAR = '"' | ':' << 8;
    private static final int NEXT = ',' | '"' << 8;
    private static final int SHORTEST = 64;

    private final Marks marks = new Marks();
    private int commas;

    /** Gets ready for another text. */
    public void reset() {
        marks.end = 0;
    }

    /** Number of commas that the last call of {@link #pass} passed. */
    public int commas() {
        return commas;
    }

    /** A set of names, a bit for each; names may share one. */
    public static long bits(Collection<String> names) {
        long bits = 0;
        for (String name : names) {
            byte[] quoted = Utf8.bytes('"' + name + '"');
            bits |= bit(quoted, 0, quoted.length - 1);
        }
        return bits;
    }

    /** The bit of a name between two quotes, made of its length, its first byte and its last. */
    private static long bit(byte[] text, int opening, int closing) {
        return 1L << (text[opening + 1] + 3 * text[closing - 1] + 9 * (closing - opening));
    }

    /**
     * Passes ordinary members up to one whose name has its bit in a set.
     *
     * @param at index of the quote before the name of a member
     * @return index of the quote before the name of the first member not passed, or of the brace behind the last
     */
    public int pass(byte[] text, int at, int limit, long names) {
        commas = 0;
        if (text[at - 1] <= ' ') {
            return at; // where there is white space, hardly any member is ordinary
        }
        if (at >= marks.end) {
            if (limit - at < SHORTEST) {
                return at;
            }
            marks.fill(text, at, limit);
        }
        return passInWindow(text, at, names);
    }

    private int passInWindow(byte[] text, int at, long names) {
        long[] words = marks.words;
        int base = marks.base;
        int end = marks.end;
        int p = at;
        int block = (p - base) >>> 6;
        long bits = words[block] & (-1L << (p - base)); // the marks from p on; those up to the current one are cleared
        while (true) {
            bits &= bits - 1;
            while (bits == 0) {
                bits = words[++block];
            }
            int name = base + (block << 6) + Long.numberOfTrailingZeros(bits);
            if (name >= end || (names & bit(text, p, name)) != 0) {
                return p;
            }
            bits &= bits - 1;
            int value;
            long word = longAt(text, name);
            if ((word & 0xffffff) == STRING) {
                while (bits == 0) {
                    bits = words[++block];
                }
                bits &= bits - 1;
                while (bits == 0) {
                    bits = words[++block];
                }
                value = base + (block << 6) + Long.numberOfTrailingZeros(bits) + 1;
                if (value > end || text[value - 1] != '"') {
                    return p;
                }
                bits &= bits - 1;
            } else {
                value = (word & 0xffff) == SCALAR ? Scalars.plain(text, name + 2, end) : -1;
                if (value < 0) {
                    return p;
                }
            }
            if ((intAt(text, value) & 0xffff) != NEXT) {
                return text[value] == '}' ? value : p;
            }
            p = value + 1;
            commas++;
            while (bits == 0) {
                bits = words[++block];
            }
        }
    }
}
