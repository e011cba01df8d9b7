package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Utf8;

import java.util.List;

/**
 * Matches literal pieces with anything between them, each at its first place after the one before: without
 * backtracking, because an earlier place never leaves less room for what follows.
 */
final class WildcardTest implements ValueTest {
    private final byte[] first;
    private final byte[] last;
    private final byte[][] middle;
    private final long longest;

    WildcardTest(List<String> pieces) {
        first = Utf8.bytes(pieces.getFirst());
        last = Utf8.bytes(pieces.getLast());
        longest = pieces.stream().mapToInt(String::length).max().orElse(0);
        middle = pieces.subList(1, pieces.size() - 1).stream().map(Utf8::bytes).toArray(byte[][]::new);
    }

    @Override
    public boolean passes(Tape tape, int cell) {
        if (tape.kind(cell) != Kind.STRING) {
            return false;
        }
        byte[] text = tape.bytes(cell);
        int start = tape.start(cell);
        int end = tape.end(cell);
        if (end - start < first.length + last.length || !TextTests.startsWith(text, start, end, first)
                || !TextTests.endsWith(text, start, end, last)) {
            return false;
        }
        if (!tape.maySearch(cell, longest)) {
            return false;
        }
        int p = start + first.length;
        int limit = end - last.length;
        for (byte[] piece : middle) {
            p = TextTests.find(text, p, limit, piece);
            if (p < 0) {
                return false;
            }
            p += piece.length;
        }
        return true;
    }
}
