package dev.sluice.gateway.filter.json;

/**
 * A window on the marks of a text. The next byte at which the plain part of a string may end is then the next bit,
 * whatever the length of the string.
 */
final class Marks {
    private final Marker marker = Marker.fastest();
    /** Bit i of word w belongs to the byte {@code base + 64 w + i}. Ones follow the last word. */
    final long[] words = new long[Marker.words(marker.longest()) + 1];
    /** Index in the text of the first byte of the window. */
    int base;
    /** Index behind the last byte of the window from which eight can be read; 0 when there is no window. */
    int end;

    /** Moves the window to a part of the text, which is {@link Marker#SHORTEST} or longer. */
    void fill(byte[] text, int from, int limit) {
        int length = Math.min(marker.longest(), limit - from);
        marker.mark(text, from, length, words);
        words[Marker.words(length)] = -1;
        base = from;
        end = from + length - (Long.BYTES - 1); // what is marked beyond the text lies beyond this, too
    }
}
