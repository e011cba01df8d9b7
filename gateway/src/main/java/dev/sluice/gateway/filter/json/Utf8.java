package dev.sluice.gateway.filter.json;

import java.util.Arrays;

/** UTF-8 by hand: validation inside strings, and an encoding that keeps unpaired surrogates apart. */
public final class Utf8 {
    private Utf8() {}

    /**
     * Passes one well-formed character of two to four bytes (Unicode 16, table 3-7: no overlong forms, no surrogates,
     * nothing above U+10FFFF).
     *
     * @return the index after it, or a packed {@link Fault}
     */
    static int next(byte[] text, int at, int limit) {
        int lead = text[at] & 0xff;
        int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > limit) {
            return Fault.BAD_UTF8.at(at);
        }
        int second = text[at + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return Fault.BAD_UTF8.at(at);
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((text[i] & 0xc0) != 0x80) {
                return Fault.BAD_UTF8.at(at);
            }
        }
        return at + length;
    }

    /** Whether bytes are well-formed UTF-8 throughout. */
    public static boolean isValid(byte[] text) {
        int p = 0;
        while (p >= 0 && p < text.length) {
            p = text[p] >= 0 ? p + 1 : next(text, p, text.length);
        }
        return p >= 0;
    }

    /** Number of bytes of the byte order mark that a text begins with, 0 without one. */
    public static int byteOrderMark(byte[] text, int from, int limit) {
        return limit - from >= 3 && text[from] == (byte) 0xef && text[from + 1] == (byte) 0xbb && text[from + 2] == (byte) 0xbf ? 3 : 0;
    }

    /** Whether there is nothing but white space in validated bytes. */
    public static boolean isBlank(byte[] text, int start, int end) {
        for (int p = start; p < end; p += length(text[p])) {
            int code = codePoint(text, p);
            if (!Character.isWhitespace(code) && !Character.isSpaceChar(code)) {
                return false;
            }
        }
        return true;
    }

    /** Writes one code point, a lone surrogate included, and returns the index after it. */
    public static int write(int code, byte[] into, int at) {
        int to = at;
        if (code < 0x80) {
            into[to++] = (byte) code;
        } else if (code < 0x800) {
            into[to++] = (byte) (0xc0 | code >> 6);
            into[to++] = (byte) (0x80 | (code & 0x3f));
        } else if (code < 0x10000) {
            into[to++] = (byte) (0xe0 | code >> 12);
            into[to++] = (byte) (0x80 | (code >> 6 & 0x3f));
            into[to++] = (byte) (0x80 | (code & 0x3f));
        } else {
            into[to++] = (byte) (0xf0 | code >> 18);
            into[to++] = (byte) (0x80 | (code >> 12 & 0x3f));
            into[to++] = (byte) (0x80 | (code >> 6 & 0x3f));
            into[to++] = (byte) (0x80 | (code & 0x3f));
        }
        return to;
    }

    /**
     * Encodes text into an array with room for three bytes a {@code char}.
     *
     * @return index after the last byte written
     */
    public static int encode(CharSequence text, byte[] into, int at) {
        int to = at;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                into[to++] = (byte) c;
            } else {
                int code = Character.codePointAt(text, i);
                i += Character.charCount(code) - 1;
                to = write(code, into, to);
            }
        }
        return to;
    }

    /** The bytes of a text; unlike {@code String.getBytes} it keeps unpaired surrogates apart from '?'. */
    public static byte[] bytes(CharSequence text) {
        byte[] room = new byte[3 * text.length()];
        return Arrays.copyOf(room, encode(text, room, 0));
    }

    /** The text of validated bytes, unpaired surrogates as {@link #encode} writes them included. */
    public static String text(byte[] bytes, int start, int end) {
        StringBuilder text = new StringBuilder(end - start);
        for (int i = start; i < end;) {
            int code = codePoint(bytes, i);
            text.appendCodePoint(code);
            i += length(bytes[i]);
        }
        return text.toString();
    }

    /** The code point that starts at an index of validated bytes. */
    public static int codePoint(byte[] bytes, int at) {
        int lead = bytes[at];
        if (lead >= 0) {
            return lead;
        }
        return switch (length(bytes[at])) {
            case 2 -> (lead & 0x1f) << 6 | (bytes[at + 1] & 0x3f);
            case 3 -> (lead & 0x0f) << 12 | (bytes[at + 1] & 0x3f) << 6 | (bytes[at + 2] & 0x3f);
            default -> (lead & 0x07) << 18 | (bytes[at + 1] & 0x3f) << 12 | (bytes[at + 2] & 0x3f) << 6 | (bytes[at + 3] & 0x3f);
        };
    }

    /** Length in bytes of the character that a byte leads. */
    public static int length(byte lead) {
        return lead >= 0 ? 1 : (lead & 0x20) == 0 ? 2 : (lead & 0x10) == 0 ? 3 : 4;
    }
}
