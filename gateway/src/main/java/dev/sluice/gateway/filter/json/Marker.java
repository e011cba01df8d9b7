package dev.sluice.gateway.filter.json;

/**
 * Marks where the plain part of a string may end, as one bit a byte: a quote, a backslash, a control, a byte that is not
 * ASCII. After the first stage of simdjson (Langdale and Lemire, "Parsing Gigabytes of JSON per Second", 2019).
 */
sealed interface Marker permits PlainMarker, VectorMarker {
    /** The least that can be marked. */
    int SHORTEST = Long.SIZE;
    /** Whether this JVM marks faster with vectors than with plain loops. */
    boolean VECTORS = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && VectorMarker.isFast();

    /** The most that can be marked: what stays in the processor's first cache. */
    int longest();

    /**
     * Marks a stretch of a text.
     *
     * @param length number of bytes, {@link #SHORTEST} to {@link #longest}
     * @param words bit i of word w is set to the mark of the byte {@code from + 64 w + i}; what the bits of the last
     *     word are that lie behind the stretch is not said
     */
    void mark(byte[] text, int from, int length, long[] words);

    /** Number of words that the marks of a stretch fill. */
    static int words(int length) {
        return (length + Long.SIZE - 1) / Long.SIZE;
    }

    /** A marker as fast as this JVM has one. */
    static Marker fastest() {
        return VECTORS ? new VectorMarker() : new PlainMarker();
    }
}
