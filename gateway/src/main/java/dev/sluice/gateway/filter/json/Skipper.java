package dev.sluice.gateway.filter.json;

import java.util.Arrays;

/**
 * Passes over a value that no filter looks at, at scanning speed, and validates it on the way.
 *
 * <p>Nesting is a bit a level (object or array), not a call a level, so that no depth can overflow the stack. Not safe
 * for use by several threads at once.
 */
public final class Skipper {
    private final MemberRuns runs;
    private long[] outer = new long[4];

    /** Passes what it can by the runs of members of the same text. */
    public Skipper(MemberRuns runs) {
        this.runs = runs;
    }

    /**
     * Passes one value.
     *
     * @param at index of its first byte, which is not white space
     * @param levels how deeply it may be nested; 0 for scalars only
     * @return the index after it, or a packed {@link Fault}
     */
    public int skip(byte[] text, int at, int limit, int levels) {
        if (at >= limit) {
            return Fault.UNEXPECTED_END.at(limit);
        }
        byte c = text[at];
        if (c == '"') {
            int end = Strings.end(text, at + 1, limit);
            return end < 0 ? end : end + 1;
        }
        return c == '{' || c == '[' ? container(text, at, limit, levels) : Scalars.end(text, at, limit);
    }

    private int container(byte[] text, int at, int limit, int levels) {
        if (levels < 1) {
            return Fault.TOO_DEEP.at(at);
        }
        int close = text[at] + 2; // both closing brackets are two above their opening ones
        int open = 0; // containers around the current one
        long bits = 0; // which of them are objects, the innermost lowest; full words move to the array
        int p = Scalars.skipSpace(text, at + 1, limit);
        boolean empty = p < limit && text[p] == close;
        while (true) {
            if (close == '}' && !empty && p < limit && text[p] == '"') {
                p = runs.pass(text, p, limit, 0);
                empty = text[p] == '}';
            }
            if (!empty) {
                if (close == '}') {
                    p = name(text, p, limit);
                    if (p < 0) {
                        return p;
                    }
                }
                if (p >= limit) {
                    return Fault.UNEXPECTED_END.at(limit);
                }
                byte c = text[p];
                if (c == '"') {
                    p = Strings.end(text, p + 1, limit);
                    if (p < 0) {
                        return p;
                    }
                    p++;
                } else if (c == '{' || c == '[') {
                    if ((open & 63) == 0 && open > 0) {
                        save((open >>> 6) - 1, bits);
                    }
                    bits = bits << 1 | (close == '}' ? 1 : 0);
                    if (++open >= levels) {
                        return Fault.TOO_DEEP.at(p);
                    }
                    close = c + 2;
                    p = Scalars.skipSpace(text, p + 1, limit);
                    empty = p < limit && text[p] == close;
                    continue;
                } else {
                    p = Scalars.end(text, p, limit);
                    if (p < 0) {
                        return p;
                    }
                }
            }
            empty = false;
            while (true) {
                p = Scalars.skipSpace(text, p, limit);
                if (p >= limit) {
                    return Fault.UNEXPECTED_END.at(limit);
                }
                byte c = text[p++];
                if (c == ',') {
                    p = Scalars.skipSpace(text, p, limit);
                    break;
                }
                if (c != close) {
                    return (close == '}' ? Fault.EXPECTED_MEMBER_END : Fault.EXPECTED_ELEMENT_END).at(p - 1);
                }
                if (open == 0) {
                    return p;
                }
                close = (bits & 1) != 0 ? '}' : ']';
                bits >>>= 1;
                if ((--open & 63) == 0 && open > 0) {
                    bits = outer[(open >>> 6) - 1];
                }
            }
        }
    }

    /** Passes a member's name, its colon and the white space around it. */
    private static int name(byte[] text, int at, int limit) {
        if (at >= limit) {
            return Fault.UNEXPECTED_END.at(limit);
        }
        if (text[at] != '"') {
            return Fault.EXPECTED_KEY.at(at);
        }
        int end = Strings.end(text, at + 1, limit);
        return end < 0 ? end : colon(text, end + 1, limit);
    }

    /** Passes a colon and the white space around it. */
    public static int colon(byte[] text, int at, int limit) {
        int p = Scalars.skipSpace(text, at, limit);
        if (p >= limit) {
            return Fault.UNEXPECTED_END.at(limit);
        }
        return text[p] == ':' ? Scalars.skipSpace(text, p + 1, limit) : Fault.EXPECTED_COLON.at(p);
    }

    private void save(int word, long bits) {
        if (word == outer.length) {
            outer = Arrays.copyOf(outer, 2 * word);
        }
        outer[word] = bits;
    }
}
