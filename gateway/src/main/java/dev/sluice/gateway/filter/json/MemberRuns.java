package dev.sluice.gateway.filter.json;

import java.util.Collection;

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
    private static final long OBJECT = '"' | ':' << 8 | '{' << 16 | '"' << 24;
    private static final long MIX = 0x9e3779b97f4a7c15L; // 2^64 divided by the golden ratio: Fibonacci hashing
    private static final int SHORTEST = 64;
    private static final int MOST_NAMES = 12;
    private static final long ALL = -1;

    private final Marks marks = new Marks();
    private int commas;
    private int entered;
    private boolean behindValue;
    private int nameEnd;

    /** Gets ready for another text. */
    public void reset() {
        marks.end = 0;
    }

    /** Number of commas that the last call of {@link #pass} passed, but for those in objects that it entered. */
    public int commas() {
        return commas;
    }

    /** Number of objects that the last call entered and did not leave. */
    public int entered() {
        return entered;
    }

    /** Whether the last call has ended behind a value and not before a member. */
    public boolean isBehindValue() {
        return behindValue;
    }

    /** Index of the quote behind the name that the last call stopped at, or a negative number if that is not known. */
    public int nameEnd() {
        return nameEnd;
    }

    /** A set of names, a bit for each; names may share one. So many names that runs would be short make up a full set. */
    public static long bits(Collection<String> names) {
        if (names.size() > MOST_NAMES) {
            return ALL;
        }
        long bits = 0;
        for (String name : names) {
            byte[] quoted = Utf8.bytes('"' + name + '"');
            int closing = quoted.length - 1;
            bits |= closing == 1 ? ALL : bit(Words.prefix(quoted, closing - 2, closing), closing);
        }
        return bits;
    }

    /** The bit of a name, made of its length (and one) and its last two bytes (or the quote and its only one) in a word. */
    private static long bit(long word, int length) {
        return 1L << ((((word & 0xffff) | ((long) length << 16)) * MIX) >>> 58);
    }

    /**
     * Passes ordinary members up to one whose name has its bit in a set. Objects are entered, and the names in them do
     * not matter.
     *
     * @param at index of the quote before the name of a member
     * @param names see {@link #bits}
     * @param levels how many objects may be entered at once
     * @return index of the quote before a name, or behind a value when {@link #isBehindValue}
     */
    public int pass(byte[] text, int at, int limit, long names, int levels) {
        commas = 0;
        entered = 0;
        behindValue = false;
        nameEnd = -1;
        if (names == ALL || text[at - 1] <= ' ') {
            return at; // where there is white space, hardly any member is ordinary
        }
        if (at >= marks.end) {
            if (limit - at < SHORTEST) {
                return at;
            }
            marks.fill(text, at, limit);
        }
        return passInWindow(text, at, names, levels);
    }

    private int passInWindow(byte[] text, int from, long names, int levels) {
        long[] words = marks.words;
        int base = marks.base;
        int end = marks.end;
        int block = (from - base) >>> 6;
        long bits = words[block] & (-1L << (from - base)); // the marks from p on; those up to the current one are cleared
        int p = from;
        int depth = 0;
        int passed = 0;
        long stops = names;
        while (true) {
            bits &= bits - 1;
            while (bits == 0) {
                bits = words[++block];
            }
            int name = base + (block << 6) + Long.numberOfTrailingZeros(bits);
            if (name >= end) {
                break;
            }
            long word = longAt(text, name - 2);
            if ((stops & bit(word, name - p)) != 0) {
                nameEnd = text[name] == '"' ? name : -1;
                break;
            }
            bits &= bits - 1;
            int value;
            if ((word >>> 16 & 0xffffff) == STRING) {
                while (bits == 0) {
                    bits = words[++block];
                }
                bits &= bits - 1;
                while (bits == 0) {
                    bits = words[++block];
                }
                value = base + (block << 6) + Long.numberOfTrailingZeros(bits);
                if (value >= end || text[value] != '"') {
                    break;
                }
                value++;
                bits &= bits - 1;
            } else if ((word >>> 16 & 0xffffffffL) == OBJECT && depth < levels) {
                depth++;
                stops = 0;
                p = name + 3;
                while (bits == 0) {
                    bits = words[++block];
                }
                continue;
            } else {
                value = (word >>> 16 & 0xffff) == SCALAR ? Scalars.plain(text, name + 2, end) : -1;
                if (value < 0) {
                    break;
                }
            }
            while (text[value] == '}' && depth > 0 && value < end) {
                value++;
                depth--;
                stops = depth == 0 ? names : 0;
            }
            if (text[value] != ',' || text[value + 1] != '"') {
                behindValue = true;
                p = value;
                break;
            }
            p = value + 1;
            passed += depth == 0 ? 1 : 0;
            while (bits == 0) {
                bits = words[++block];
            }
        }
        commas = passed;
        entered = depth;
        return p;
    }
}
