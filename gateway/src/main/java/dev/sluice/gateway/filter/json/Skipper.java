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

    private int open;
    private long kinds; // of the open containers, 1 for an object, the innermost lowest; full words move to the array
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
        open = 0;
        push(text[at] == '{');
        int p = Scalars.skipSpace(text, at + 1, limit);
        return rest(text, p, limit, levels, p < limit && text[p] == close());
    }

    /**
     * Passes the rest of the objects that a run of members has entered and not left.
     *
     * @param at index that the run has returned
     * @param levels as for the outermost of them
     * @return the index after the outermost, or a packed {@link Fault}
     */
    public int rest(byte[] text, int at, int limit, int levels) {
        open = 0;
        pushEntered();
        return rest(text, at, limit, levels, runs.isBehindValue());
    }

    private int rest(byte[] text, int at, int limit, int levels, boolean behindValue) {
        int p = at;
        boolean behind = behindValue;
        while (true) {
            if (!behind && isObject()) {
                if (p < limit && text[p] == '"') {
                    p = runs.pass(text, p, limit, levels - open);
                    pushEntered();
                    behind = runs.isBehindValue();
                }
                if (!behind) {
                    p = name(text, p, limit);
                    if (p < 0) {
                        return p;
                    }
                }
            }
            if (!behind) {
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
                    if (open >= levels) {
                        return Fault.TOO_DEEP.at(p);
                    }
                    push(c == '{');
                    p = Scalars.skipSpace(text, p + 1, limit);
                    behind = p < limit && text[p] == close();
                    continue;
                } else {
                    p = Scalars.end(text, p, limit);
                    if (p < 0) {
                        return p;
                    }
                }
            }
            p = Scalars.skipSpace(text, p, limit);
            if (p >= limit) {
                return Fault.UNEXPECTED_END.at(limit);
            }
            byte c = text[p];
            behind = c != ',';
            if (behind) {
                if (c != close()) {
                    return (isObject() ? Fault.EXPECTED_MEMBER_END : Fault.EXPECTED_ELEMENT_END).at(p);
                }
                pop();
                if (open == 0) {
                    return p + 1;
                }
                p++;
            } else {
                p = Scalars.skipSpace(text, p + 1, limit);
            }
        }
    }

    private boolean isObject() {
        return (kinds & 1) != 0;
    }

    private int close() {
        return isObject() ? '}' : ']';
    }

    private void pushEntered() {
        for (int i = runs.entered(); i > 0; i--) {
            push(true);
        }
    }

    private void push(boolean object) {
        if ((open & 63) == 0 && open > 0) {
            int word = (open >>> 6) - 1;
            if (word == outer.length) {
                outer = Arrays.copyOf(outer, 2 * word);
            }
            outer[word] = kinds;
        }
        kinds = kinds << 1 | (object ? 1 : 0);
        open++;
    }

    private void pop() {
        kinds >>>= 1;
        if ((--open & 63) == 0 && open > 0) {
            kinds = outer[(open >>> 6) - 1];
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
}
