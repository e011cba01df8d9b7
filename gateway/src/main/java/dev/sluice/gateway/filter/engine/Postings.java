package dev.sluice.gateway.filter.engine;

import java.util.Arrays;

/** A growing list of postings while an index is built. */
final class Postings {
    private int[] values = new int[2];
    private int size;

    void add(int posting) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = posting;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }

    /** The postings behind the number of their list, as {@link Hits} takes them. */
    int[] toList(int number) {
        int[] list = new int[size + 1];
        list[0] = number;
        System.arraycopy(values, 0, list, 1, size);
        return list;
    }
}
