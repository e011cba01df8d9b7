package dev.sluice.gateway.filter.ast;

import java.util.List;

/**
 * Where a value of the body is. Where an array is on the way, it means the value in each of its elements; an index means
 * one of them.
 *
 * @param steps from the root of the body, whose step comes first and has no name
 */
public record ValuePath(List<Step> steps) {
    /** Every element of an array. */
    public static final int EACH = -1;

    public ValuePath {
        steps = List.copyOf(steps);
    }

    /**
     * A member.
     *
     * @param name empty for the root
     * @param element which element of it is meant, from 0, or {@link #EACH}
     */
    public record Step(String name, int element) {}
}
