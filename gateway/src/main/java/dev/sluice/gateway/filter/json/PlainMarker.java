package dev.sluice.gateway.filter.json;

import static dev.sluice.gateway.filter.json.Words.longAt;

/**
 * Marks with plain loops, of which the JIT compiler turns all but the second into vector instructions: one marks each byte
 * by itself, one puts the marks of 64 bytes into a word, and one brings them into their order by transposing 8×8 bits
 * (Warren, "Hacker's Delight", 7–3). Not safe for use by several threads at once.
 */
final class PlainMarker implements Marker {
    private static final int BLOCK = Long.SIZE;
    private static final int MARK = 0x80;
    private static final int LONGEST = 8192;

    private final byte[] bytes = new byte[LONGEST];

    @Override
    public int longest() {
        return LONGEST;
    }

    @Override
    public void mark(byte[] text, int from, int length, long[] words) {
        int blocks = Marker.words(length);
        System.arraycopy(text, from, bytes, 0, length);
        classify(bytes, blocks * BLOCK);
        gather(bytes, words, blocks);
        transpose(words, blocks);
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
