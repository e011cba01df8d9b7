package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.ValuePath;
import dev.sluice.gateway.filter.json.Utf8;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Finds an event's key on the tape: the value at a path, or where arrays are on the way the values in all their elements,
 * in their order. An event that lacks one of them has no key, and null and what is empty or blank count as lacking.
 */
final class KeyFinder {
    private final Tape tape;
    private final List<KeyLevel> levels;
    private final KeyDigest digest = new KeyDigest();

    KeyFinder(Tape tape, List<KeyLevel> levels) {
        this.tape = tape;
        this.levels = levels;
    }

    /** The digest of the key of the event on the tape, or null when it has none. */
    byte @Nullable [] find() {
        return value(0, tape.body()) ? digest.finish() : null;
    }

    private boolean value(int level, int cell) {
        int element = levels.get(level).element();
        boolean last = level == levels.size() - 1;
        if (tape.kind(cell) != Kind.ARRAY || (last && element == ValuePath.EACH)) {
            return element == ValuePath.EACH && single(level, cell);
        }
        int each = tape.first(cell);
        if (element == ValuePath.EACH) {
            boolean all = each != 0;
            for (; all && each != 0; each = tape.next(each)) {
                all = single(level, each);
            }
            return all;
        }
        for (int i = 0; i < element && each != 0; i++) {
            each = tape.next(each);
        }
        return each != 0 && single(level, each);
    }

    /** The value itself at the end of the path, else what is below it. */
    private boolean single(int level, int cell) {
        if (level == levels.size() - 1) {
            return add(cell);
        }
        int child = tape.kind(cell) == Kind.OBJECT ? tape.child(cell, levels.get(level + 1).node()) : 0;
        return child != 0 && value(level + 1, child);
    }

    private boolean add(int cell) {
        byte[] bytes = tape.bytes(cell);
        int start = tape.start(cell);
        int end = tape.end(cell);
        int kind = tape.kind(cell);
        if (kind == Kind.NULL || (kind == Kind.STRING ? Utf8.isBlank(bytes, start, end)
                : kind >= Kind.OBJECT && tape.elements(cell) == 0)) {
            return false;
        }
        digest.next();
        if (kind == Kind.STRING) {
            digest.text(bytes, start, end);
        } else {
            digest.value(bytes, start, end);
        }
        return true;
    }
}
