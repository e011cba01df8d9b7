package dev.sluice.gateway.filter.ast;

import java.util.List;

/**
 * A statement about the current value, which at the start is the body. A value may also be missing: then fields below
 * it are missing too.
 */
public sealed interface Condition {

    /** Holds when every part holds; with no parts, always. */
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** Holds when some part holds; with no parts, never. */
    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** Holds when the inner condition does not. */
    record Not(Condition inner) implements Condition {}

    /** Holds when the inner condition holds for a member of the current object, or for "missing" without it. */
    record Field(String name, Condition inner) implements Condition {}

    /** Holds when the inner condition holds for a part of the request other than the body. */
    record Scoped(Scope scope, String name, Condition inner) implements Condition {}

    /**
     * Holds when the inner condition holds for the current value or, when that is an array, for one and the same
     * element of it (for "missing" when it has none).
     */
    record Some(Condition inner) implements Condition {}

    /** Holds for an array whose elements satisfy the inner condition as the quantifier demands. */
    record Elements(Quantifier quantifier, Condition inner) implements Condition {}

    /** Holds when the current value, or an element of it when it is an array, passes the test. */
    record Test(Predicate predicate) implements Condition {}

    /** How many elements. */
    enum Quantifier {
        /** At least one. */
        ANY,
        /** Every one; true of an empty array. */
        EVERY
    }
}
