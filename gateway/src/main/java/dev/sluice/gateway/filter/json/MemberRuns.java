package dev.sluice.gateway.filter.json;

import org.jspecify.annotations.Nullable;

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
    private static final int SHORTEST = 64;

    private final Marks marks = new Marks();
    private int commas;
    private int entered;
    private boolean behindValue;
    private boolean atWanted;

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

    /** Whether the last call has ended before the value, an object, of a member that is wanted. */
    public boolean isAtWanted() {
        return atWanted;
    }

    /**
     * Passes ordinary members. Objects are entered, unless they are wanted, and what is in them is not asked about.
     *
     * @param at index of the quote before the name of a member
     * @param levels how many objects may be entered at once
     * @param wanted is asked about the members and told of their values; null when none is wanted
     * @return index of the quote before a name, or behind a value when {@link #isBehindValue}, or of a value when
     *     {@link #isAtWanted}
     */
    public int pass(byte[] text, int at, int limit, int levels, @Nullable Wanted wanted) {
        commas = 0;
        entered = 0;
        behindValue = false;
        atWanted = false;
        if (text[at - 1] <= ' ') {
            return at; // where there is white space, hardly any member is ordinary
        }
        if (at >= marks.end) {
            if (limit - at < SHORTEST) {
                return at;
            }
            marks.fill(text, at, limit);
        }
        return passInWindow(text, at, levels, wanted);
    }

    private int passInWindow(byte[] text, int from, int levels, @Nullable Wanted wanted) {
        long[] words = marks.words;
        int base = marks.base;
        int end = marks.end;
        int block = (from - base) >>> 6;
        long bits = words[block] & (-1L << (from - base)); // the marks from p on; those up to the current one are cleared
        int p = from;
        int depth = 0;
        int passed = 0;
        long names = wanted == null ? 0 : wanted.names();
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
            Wanted told = wanted != null && (stops & Names.bit(word, name - p)) != 0 && wanted.wants(text, p + 1, name) ? wanted : null;
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
                if (told != null) {
                    told.string(name + 3, value);
                }
                value++;
                bits &= bits - 1;
            } else if (told != null && (word >>> 16 & 0xffffffffL) == OBJECT) {
                atWanted = true;
                p = name + 2;
                break;
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
                if (told != null) {
                    told.scalar(text, name + 2, value);
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
