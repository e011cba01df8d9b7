package dev.sluice.gateway.filter.engine;

import java.util.Arrays;

/** Comparisons of a slice with a constant. */
final class TextTests {
    private TextTests() {}

    static boolean equal(byte[] text, int start, int end, byte[] other) {
        return Arrays.equals(text, start, end, other, 0, other.length);
    }

    static boolean startsWith(byte[] text, int start, int end, byte[] prefix) {
        return end - start >= prefix.length
                && Arrays.equals(text, start, start + prefix.length, prefix, 0, prefix.length);
    }

    static boolean endsWith(byte[] text, int start, int end, byte[] suffix) {
        return end - start >= suffix.length && Arrays.equals(text, end - suffix.length, end, suffix, 0, suffix.length);
    }

    static boolean contains(byte[] text, int start, int end, byte[] part) {
        return find(text, start, end, part) >= 0;
    }

    /** First index of a part, or -1. Text times part in the worst case; filters bound the part's length. */
    static int find(byte[] text, int start, int end, byte[] part) {
        if (part.length == 0) {
            return start;
        }
        byte first = part[0];
        for (int i = start; i <= end - part.length; i++) {
            if (text[i] == first && Arrays.equals(text, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }
}
