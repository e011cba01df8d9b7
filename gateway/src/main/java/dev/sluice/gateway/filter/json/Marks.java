package dev.sluice.gateway.filter.json;

import static dev.sluice.gateway.filter.json.Words.longAt;

/**
 * A window on a text, as one bit a byte: set where the plain part of a string may end (quote, backslash, control, not
 * ASCII). The next such byte is then the next bit, whatever the length of the string.
 *
 * <p>After the first stage of simdjson (Langdale and Lemire, "Parsing Gigabytes of JSON per Second", 2019), in loops of
 * which the JIT compiler turns all but the second into vector instructions: one marks each byte by itself, one puts the
 * marks of 64 bytes into a word, and one brings them into their order by transposing 8×8 bits (Warren, "Hacker's
 * Delight", 7–3).
 */
final class Marks {
    /** Long enough that filling pays, short enough to stay in the processor's first cache. */
    private static final int LENGTH = 8192;
    private static final int BLOCK = Long.SIZE;
    private static final int MARK = 0x80;

    private final byte[] bytes = new byte[LENGTH];
    /** Bit i of word w belongs to the byte {@code base + 64 w + i}. Ones follow the last word. */
    final long[] words = new long[LENGTH / BLOCK + 1];
    /** Index in the text of the first byte of the window. */
    int base;
    /** Index behind the last byte of the window from which eight can be read; 0 when there is no window. */
    int end;

    /** Moves the window to a part of the text. */
    void fill(byte[] text, int from, int limit) {
        int length = Math.min(LENGTH, limit - from);
        int blocks = (length + BLOCK - 1) / BLOCK; // what is marked beyond the text lies beyond the end below, too
        System.arraycopy(text, from, bytes, 0, length);
        classify(bytes, blocks * BLOCK);
        gather(bytes, words, blocks);
        transpose(words, blocks);
        words[blocks] = -1;
        base = from;
        end = from + length - (Long.BYTES - 1);
    }

    /** Replaces each byte by a mark or 0. Branches, or a second array, would keep this from being vectorized. */
    private static void classify(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            // Flipping bit 1 moves the quote (0x22) next to the controls, so that one subtraction finds both.
            bytes[i] = (byte) ((((b ^ 2) - 0x21) | ((b ^ '\\') - 1) | b) & MARK);
        }
    }

    /** The marks of 64 bytes in a word: bit k of byte j stands for byte 8 k + j. */
    private static void gather(byte[] marks, long[] words, int blocks) {
        for (int i = 0; i < blocks; i++) {
            int at = i * BLOCK;
            words[i] = (longAt(marks, at) >>> 7) | (longAt(marks, at + 8) >>> 6)
                    | (longAt(marks, at + 16) >>> 5) | (longAt(marks, at + 24) >>> 4)
                    | (longAt(marks, at + 32) >>> 3) | (longAt(marks, at + 40) >>> 2)
                    | (longAt(marks, at + 48) >>> 1) | longAt(marks, at + 56);
        }
    }

    /** Brings the bits into the order of their bytes. */
    private static void transpose(long[] words, int blocks) {
        for (int i = 0; i < blocks; i++) {
            long x = words[i];
            long swap = (x ^ (x >>> 7)) & 0x00aa00aa00aa00aaL;
            x ^= swap ^ (swap << 7);
            swap = (x ^ (x >>> 14)) & 0x0000cccc0000ccccL;
            x ^= swap ^ (swap << 14);
            swap = (x ^ (x >>> 28)) & 0x00000000f0f0f0f0L;
            words[i] = x ^ swap ^ (swap << 28);
        }
    }
}
