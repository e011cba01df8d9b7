package dev.sluice.gateway.filter.json;

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
    private static final long OBJECT = '"' | ':' << 8 | '{' << 16 | (long) '"' << 24;
    private static final long NEXT = '"' | ',' << 8 | '"' << 16;

    private final Marks marks = new Marks();
    private int commas;
    private int entered;
    private boolean behindValue;

    /** Gets ready for another text. */
    public void reset() {
        marks.end = 0;
    }

    /** Number of commas that the last call with somebody who wants members passed in the object whose members are wanted now. */
    public int commas() {
        return commas;
    }

    /** Number of objects, not wanted, that the last call entered and did not leave. */
    public int entered() {
        return entered;
    }

    /** Whether the last call has ended behind a value and not before a member. */
    public boolean isBehindValue() {
        return behindValue;
    }

    /**
     * Passes ordinary members.
     *
     * @param at index of the quote before the name of a member
     * @param levels how many objects may be entered at once
     * @return index of the quote before a name, or behind a value when {@link #isBehindValue}
     */
    public int pass(byte[] text, int at, int limit, int levels) {
        return prepare(text, at, limit) ? skim(text, at, 0, levels) : at;
    }

    /**
     * Passes ordinary members and tells of those that are wanted. Objects that are wanted are opened, and the object itself
     * and those around it may be closed, so that the index returned may lie in another. Other objects are entered, and what
     * is in them is not asked about.
     *
     * @param levels how many objects may be opened and entered at once, beyond those that are open
     */
    public int pass(byte[] text, int at, int limit, int levels, Wanted members) {
        return prepare(text, at, limit) ? note(text, at, levels, members) : at;
    }

    /** Gets ready to pass members; false where hardly any is ordinary. */
    private boolean prepare(byte[] text, int at, int limit) {
        commas = 0;
        entered = 0;
        behindValue = false;
        if (text[at - 1] <= ' ') {
            return false; // where there is white space, hardly any member is ordinary
        }
        if (at >= marks.end) {
            if (limit - at < Marker.SHORTEST) {
                return false;
            }
            marks.fill(text, at, limit);
        }
        return true;
    }

    /** Passes members that nobody wants; from within an object entered just now (1) to behind it, else (0) as far as can be. */
    private int skim(byte[] text, int from, int inside, int levels) {
        long[] words = marks.words;
        int end = marks.end;
        int block = (from - marks.base) >>> 6;
        int origin = marks.base + (block << 6);
        long bits = words[block] & (-1L << (from - origin)); // the marks from p on; those up to the current one are cleared
        int p = from;
        int depth = inside;
        while (true) {
            while (bits == 0) {
                bits = words[++block];
                origin += Long.SIZE;
            }
            bits &= bits - 1;
            while (bits == 0) {
                bits = words[++block];
                origin += Long.SIZE;
            }
            int name = origin + Long.numberOfTrailingZeros(bits);
            if (name >= end) {
                break;
            }
            long word = longAt(text, name);
            bits &= bits - 1;
            int value;
            if ((word & 0xffffff) == STRING) {
                while (bits == 0) {
                    bits = words[++block];
                    origin += Long.SIZE;
                }
                bits &= bits - 1;
                while (bits == 0) {
                    bits = words[++block];
                    origin += Long.SIZE;
                }
                int quote = origin + Long.numberOfTrailingZeros(bits);
                if (quote >= end) {
                    break;
                }
                long behind = longAt(text, quote);
                if ((behind & 0xffffff) == NEXT) {
                    bits &= bits - 1;
                    p = quote + 2;
                    continue;
                }
                if ((byte) behind != '"') {
                    break;
                }
                bits &= bits - 1;
                value = quote + 1;
            } else if ((word & 0xffffffffL) == OBJECT && depth < levels) {
                depth++;
                p = name + 3;
                continue;
            } else {
                value = (word & 0xffff) == SCALAR ? Scalars.plain(text, name + 2, end) : -1;
                if (value < 0) {
                    break;
                }
            }
            while (text[value] == '}' && depth > 0 && value < end) {
                value++;
                depth--;
            }
            if (depth < inside) {
                return value;
            }
            if (text[value] != ',' || text[value + 1] != '"') {
                behindValue = true;
                p = value;
                break;
            }
            p = value + 1;
        }
        entered = depth;
        return p;
    }

    /** Passes members as far as can be and tells of those that are wanted. */
    private int note(byte[] text, int from, int levels, Wanted members) {
        long[] words = marks.words;
        int end = marks.end;
        int block = (from - marks.base) >>> 6;
        int origin = marks.base + (block << 6);
        long bits = words[block] & (-1L << (from - origin));
        long names = members.names();
        int p = from;
        int passed = 0;
        int room = levels;
        while (true) {
            while (bits == 0) {
                bits = words[++block];
                origin += Long.SIZE;
            }
            bits &= bits - 1;
            while (bits == 0) {
                bits = words[++block];
                origin += Long.SIZE;
            }
            int name = origin + Long.numberOfTrailingZeros(bits);
            if (name >= end) {
                break;
            }
            long word = longAt(text, name - 2);
            int member = (names & Names.bit(word, name - p)) == 0 ? Wanted.NONE : members.find(text, p + 1, name);
            bits &= bits - 1;
            int value;
            if ((word >>> 16 & 0xffffff) == STRING) {
                while (bits == 0) {
                    bits = words[++block];
                    origin += Long.SIZE;
                }
                bits &= bits - 1;
                while (bits == 0) {
                    bits = words[++block];
                    origin += Long.SIZE;
                }
                int quote = origin + Long.numberOfTrailingZeros(bits);
                if (quote >= end) {
                    break;
                }
                long behind = longAt(text, quote);
                boolean next = (behind & 0xffffff) == NEXT;
                if (!next && (byte) behind != '"') {
                    break;
                }
                if (member != Wanted.NONE) {
                    members.string(member, name + 3, quote);
                }
                bits &= bits - 1;
                if (next) {
                    p = quote + 2;
                    passed++;
                    continue;
                }
                value = quote + 1;
            } else if ((word >>> 16 & 0xffffffffL) == OBJECT) {
                if (room < 1) {
                    break;
                }
                if (member != Wanted.NONE) {
                    members.open(member, name + 2, passed);
                    names = members.names();
                    passed = 0;
                    room--;
                    p = name + 3;
                    continue;
                }
                value = skim(text, name + 3, 1, room);
                if (entered > 0) {
                    p = value;
                    break;
                }
                block = (value - marks.base) >>> 6;
                origin = marks.base + (block << 6);
                bits = words[block] & (-1L << (value - origin));
            } else {
                value = (word >>> 16 & 0xffff) == SCALAR ? Scalars.plain(text, name + 2, end) : -1;
                if (value < 0) {
                    break;
                }
                if (member != Wanted.NONE) {
                    members.scalar(member, text, name + 2, value);
                }
            }
            while (text[value] == '}' && value < end && members.close(value + 1, passed)) {
                value++;
                names = members.names();
                passed = 0;
                room++;
            }
            if (text[value] != ',' || text[value + 1] != '"') {
                behindValue = true;
                p = value;
                break;
            }
            p = value + 1;
            passed++;
        }
        commas = passed;
        return p;
    }
}
