package dev.sluice.gateway.filter.engine;

import java.util.List;

/** A condition compiled for the tape. */
sealed interface Check {

    /** Whether it holds for a noted value, 0 for a missing one. */
    boolean holds(Tape tape, int cell);

    /** Every part. */
    record All(List<Check> parts) implements Check {
        @Override
        public boolean holds(Tape tape, int cell) {
            for (int i = 0; i < parts.size(); i++) { // without an iterator: this runs for every event
                if (!parts.get(i).holds(tape, cell)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Some part. */
    record Any(List<Check> parts) implements Check {
        @Override
        public boolean holds(Tape tape, int cell) {
            for (int i = 0; i < parts.size(); i++) { // without an iterator: this runs for every event
                if (parts.get(i).holds(tape, cell)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Not the inner one. */
    record Not(Check inner) implements Check {
        @Override
        public boolean holds(Tape tape, int cell) {
            return !inner.holds(tape, cell);
        }
    }

    /** The member at a node. */
    record Member(int node, Check inner) implements Check {
        @Override
        public boolean holds(Tape tape, int cell) {
            return inner.holds(tape, tape.kind(cell) == Kind.OBJECT ? tape.child(cell, node) : 0);
        }
    }

    /** A part of the request, which hangs under the first cell. */
    record Scoped(int node, Check inner) implements Check {
        @Override
        public boolean holds(Tape tape, int cell) {
            return inner.holds(tape, tape.child(Tape.STRIDE, node));
        }
    }

    /** The value, or one element. */
    record Some(Check inner) implements Check {
        @Override
        public boolean holds(Tape tape, int cell) {
            if (tape.kind(cell) != Kind.ARRAY || tape.first(cell) == 0) {
                return inner.holds(tape, tape.kind(cell) == Kind.ARRAY ? 0 : cell);
            }
            for (int element = tape.first(cell); element != 0; element = tape.next(element)) {
                if (inner.holds(tape, element)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Elements of an array, at least one or every one. */
    record Elements(boolean every, Check inner) implements Check {
        @Override
        public boolean holds(Tape tape, int cell) {
            if (tape.kind(cell) != Kind.ARRAY) {
                return false;
            }
            for (int element = tape.first(cell); element != 0; element = tape.next(element)) {
                if (inner.holds(tape, element) != every) {
                    return !every;
                }
            }
            return every;
        }
    }

    /** A test of the value or, when it is an array, of its elements. */
    record EachTest(ValueTest test) implements Check {
        @Override
        public boolean holds(Tape tape, int cell) {
            if (cell == 0) {
                return false;
            }
            if (tape.kind(cell) != Kind.ARRAY) {
                return test.passes(tape, cell);
            }
            for (int element = tape.first(cell); element != 0; element = tape.next(element)) {
                if (test.passes(tape, element)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A test of the value as it is, array or not. */
    record WholeTest(ValueTest test) implements Check {
        @Override
        public boolean holds(Tape tape, int cell) {
            return cell != 0 && test.passes(tape, cell);
        }
    }
}
