package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Predicate.Compare;
import dev.sluice.gateway.filter.ast.Relation;
import dev.sluice.gateway.filter.json.DecimalSlice;

import java.util.Arrays;

/** Comparison with the value at another path. */
final class RelatedTest implements ValueTest {
    private final Relation relation;
    private final boolean ofRequest;
    private final int[] path;
    private final boolean loose;

    RelatedTest(Relation relation, boolean ofRequest, int[] path, Compare compare) {
        this.relation = relation;
        this.ofRequest = ofRequest;
        this.path = path;
        this.loose = compare == Compare.LOOSE;
    }

    @Override
    public boolean passes(Tape tape, int cell) {
        return anyBelow(tape, cell, ofRequest ? Tape.STRIDE : tape.body(), 0);
    }

    /** Follows the path from its {@code step}-th name on, through every element where it meets an array. */
    private boolean anyBelow(Tape tape, int cell, int other, int step) {
        if (tape.kind(other) == Kind.ARRAY) {
            for (int element = tape.first(other); element != 0 && tape.mayCompare(); element = tape.next(element)) {
                if (anyBelow(tape, cell, element, step)) {
                    return true;
                }
            }
            return false;
        }
        if (step == path.length) {
            return other != 0 && related(tape, cell, other);
        }
        return tape.kind(other) == Kind.OBJECT && anyBelow(tape, cell, tape.child(other, path[step]), step + 1);
    }

    private boolean related(Tape tape, int cell, int other) {
        int kind = kind(tape, cell);
        int otherKind = kind(tape, other);
        boolean number = isNumber(kind);
        if (number != isNumber(otherKind) || (!number && kind != otherKind)) {
            return false;
        }
        if (number) {
            read(tape, cell, kind, tape.left);
            read(tape, other, otherKind, tape.right);
            return relation.holds(tape.left.compareTo(tape.right));
        }
        if (kind == Kind.STRING) {
            return relation.holds(Arrays.compareUnsigned(tape.bytes(cell), tape.start(cell), tape.end(cell),
                    tape.bytes(other), tape.start(other), tape.end(other)));
        }
        return relation == Relation.EQUAL && kind < Kind.OBJECT;
    }

    private int kind(Tape tape, int cell) {
        return loose ? LooseForm.of(tape, cell) : tape.kind(cell);
    }

    private boolean isNumber(int kind) {
        return kind == Kind.NUMBER || (loose && (kind == Kind.TRUE || kind == Kind.FALSE));
    }

    private static void read(Tape tape, int cell, int kind, DecimalSlice into) {
        if (kind == Kind.NUMBER) {
            into.read(tape.bytes(cell), tape.start(cell), tape.end(cell));
        } else {
            into.set(kind == Kind.TRUE);
        }
    }
}
