package dev.sluice.gateway.filter.engine;

import java.util.Arrays;

/** The objects and arrays that are open around the current value, by the node and the cell of each; the innermost is the top. */
final class Containers {
    /** The kind of an array that is an element of another and shares its cell. */
    static final int NESTED_ARRAY = -1;

    private int[] nodes = new int[16];
    private int[] cells = new int[16];
    private int[] kinds = new int[16];
    private int depth;

    void clear() {
        depth = 0;
    }

    int depth() {
        return depth;
    }

    void push(int node, int cell, int kind) {
        if (depth == cells.length) {
            nodes = Arrays.copyOf(nodes, 2 * depth);
            cells = Arrays.copyOf(cells, 2 * depth);
            kinds = Arrays.copyOf(kinds, 2 * depth);
        }
        nodes[depth] = node;
        cells[depth] = cell;
        kinds[depth] = kind;
        depth++;
    }

    void pop() {
        depth--;
    }

    int node() {
        return nodes[depth - 1];
    }

    /** The cell of the top, or 0 when none is open. */
    int cell() {
        return depth == 0 ? 0 : cells[depth - 1];
    }

    int kind() {
        return kinds[depth - 1];
    }

    /** Whether the top lies in an object. */
    boolean isMember() {
        return depth > 1 && kinds[depth - 2] == Kind.OBJECT;
    }
}
