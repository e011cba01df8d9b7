package dev.sluice.gateway.filter.engine;

import java.util.Arrays;

/** A growing list of postings, or other numbers, while an index is built. */
final class Postings {
    private int[] values = new int[2];
    private int size;

    void add(int posting) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = posting;
    }

    void addAll(Postings more) {
        for (int i = 0; i < more.size; i++) {
            add(more.values[i]);
        }
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }

    int size() {
        return size;
    }

    void copyTo(int[] into, int at) {
        System.arraycopy(values, 0, into, at, size);
    }
}
