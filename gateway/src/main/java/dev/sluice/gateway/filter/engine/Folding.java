package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Utf8;
import dev.sluice.gateway.filter.json.Words;

/** Case folding a code point at a time: lower case of upper case, as {@code String.equalsIgnoreCase} compares. */
final class Folding {
    private Folding() {}

    static int fold(int code) {
        if (code < 0x80) {
            return code >= 'A' && code <= 'Z' ? code + 0x20 : code;
        }
        return Character.toLowerCase(Character.toUpperCase(code));
    }

    static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().forEach(code -> folded.appendCodePoint(fold(code)));
        return folded.toString();
    }

    /** Folds a slice into an array with room for three times its length and a word, and returns the folded length. */
    static int fold(byte[] text, int start, int end, byte[] into) {
        int to = 0;
        int i = start;
        // Most text is ASCII, where eight letters fold at once.
        for (; i < end; i += Long.BYTES, to += Long.BYTES) {
            long word = Words.first(text, i, end);
            if (!Words.isAscii(word)) {
                break;
            }
            Words.putLowerCase(word, into, to);
        }
        if (i >= end) {
            return end - start;
        }
        for (; i < end; i += Utf8.length(text[i])) {
            to = Utf8.write(fold(Utf8.codePoint(text, i)), into, to);
        }
        return to;
    }
}
