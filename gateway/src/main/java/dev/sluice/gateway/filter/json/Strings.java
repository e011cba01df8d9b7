package dev.sluice.gateway.filter.json;

import static dev.sluice.gateway.filter.json.Words.longAt;
import static dev.sluice.gateway.filter.json.Words.plain;
import static dev.sluice.gateway.filter.json.Words.special;

/** Finds the end of a JSON string and validates what is in it: escapes, controls, UTF-8. */
public final class Strings {
    private Strings() {}

    /**
     * Scans a string.
     *
     * @param at index of the first byte after the opening quote
     * @return index of the closing quote, or a packed {@link Fault}
     */
    public static int end(byte[] text, int at, int limit) {
        int p = at;
        while (true) {
            // Two words a turn, and no branch between them: most strings end within the first turn.
            while (p <= limit - 16) {
                long first = special(longAt(text, p));
                long second = special(longAt(text, p + 8));
                if ((first | second) != 0) {
                    int head = plain(first);
                    p += head + (plain(second) & -(head >>> 3));
                    if (text[p] == '"') {
                        return p;
                    }
                    p = odd(text, p, limit);
                    if (p < 0) {
                        return p;
                    }
                } else {
                    p += 16;
                }
            }
            while (p > limit - 16) {
                if (p >= limit) {
                    return Fault.UNEXPECTED_END.at(limit);
                }
                byte c = text[p];
                if (c == '"') {
                    return p;
                }
                if (c < 0x20 || c == '\\') {
                    p = odd(text, p, limit);
                    if (p < 0) {
                        return p;
                    }
                } else {
                    p++;
                }
            }
        }
    }

    /** The same for strings without anything odd in their first 15 bytes and no longer; -1 for any other. */
    public static int shortEnd(byte[] text, int at, int limit) {
        if (at > limit - 16) {
            return -1;
        }
        int head = plain(special(longAt(text, at)));
        int end = at + head + (plain(special(longAt(text, at + 8))) & -(head >>> 3));
        return end < at + 16 && text[end] == '"' ? end : -1;
    }

    /** Passes one escape or one character outside ASCII; refuses a control character. */
    private static int odd(byte[] text, int at, int limit) {
        byte c = text[at];
        if (c == '\\') {
            return escape(text, at, limit);
        }
        return c >= 0 ? Fault.CONTROL_CHARACTER.at(at) : Utf8.next(text, at, limit);
    }

    private static int escape(byte[] text, int at, int limit) {
        if (at + 1 >= limit) {
            return Fault.UNEXPECTED_END.at(limit);
        }
        return switch (text[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
            case 'u' -> at + 6 > limit ? Fault.UNEXPECTED_END.at(limit) : hex(text, at + 2) < 0 ? Fault.BAD_ESCAPE.at(at) : at + 6;
            default -> Fault.BAD_ESCAPE.at(at);
        };
    }

    /** Value of four hexadecimal digits, or a negative number. */
    static int hex(byte[] text, int at) {
        return Character.digit(text[at], 16) << 12
                | Character.digit(text[at + 1], 16) << 8
                | Character.digit(text[at + 2], 16) << 4
                | Character.digit(text[at + 3], 16);
    }

    /** Whether a validated slice is of ASCII and has no escape in it. */
    public static boolean isPlain(byte[] text, int start, int end) {
        int i = start;
        for (; i <= end - 8; i += 8) {
            if (special(longAt(text, i)) != 0) {
                return false;
            }
        }
        for (; i < end; i++) {
            if (text[i] < 0 || text[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Whether a validated slice has an escape in it. */
    public static boolean escaped(byte[] text, int start, int end) {
        int i = start;
        for (; i <= end - 8; i += 8) {
            if (Words.hasBackslash(longAt(text, i))) {
                return true;
            }
        }
        for (; i < end; i++) {
            if (text[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes a validated string with its escapes resolved, as UTF-8. A surrogate without its partner, which JSON
     * allows, becomes the three bytes that its code point would have; {@link Utf8#encode} does the same.
     *
     * @return index after the last byte written; never more bytes than the slice has
     */
    public static int unescape(byte[] text, int start, int end, byte[] into, int at) {
        int to = at;
        int p = start;
        while (p < end) {
            byte c = text[p++];
            if (c != '\\') {
                into[to++] = c;
                continue;
            }
            byte kind = text[p++];
            switch (kind) {
                case 'b' -> into[to++] = '\b';
                case 'f' -> into[to++] = '\f';
                case 'n' -> into[to++] = '\n';
                case 'r' -> into[to++] = '\r';
                case 't' -> into[to++] = '\t';
                case 'u' -> {
                    int code = hex(text, p);
                    p += 4;
                    if (Character.isHighSurrogate((char) code) && p + 6 <= end && text[p] == '\\' && text[p + 1] == 'u') {
                        int low = hex(text, p + 2);
                        if (Character.isLowSurrogate((char) low)) {
                            code = Character.toCodePoint((char) code, (char) low);
                            p += 6;
                        }
                    }
                    to = Utf8.write(code, into, to);
                }
                default -> into[to++] = kind;
            }
        }
        return to;
    }
}
