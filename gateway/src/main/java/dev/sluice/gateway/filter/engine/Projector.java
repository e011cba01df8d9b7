package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Fault;
import dev.sluice.gateway.filter.json.MemberRuns;
import dev.sluice.gateway.filter.json.Scalars;
import dev.sluice.gateway.filter.json.Skipper;
import dev.sluice.gateway.filter.json.Strings;
import dev.sluice.gateway.filter.json.Wanted;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The one pass over a body: validates all of it and notes on a tape the values at the nodes of a tree of paths.
 *
 * <p>Iterative, so that no nesting can overflow the stack.
 */
final class Projector {
    private static final int NESTED_ARRAY = -1;

    private final MemberRuns runs = new MemberRuns();
    private final Skipper skipper = new Skipper(runs);
    private final Tape tape;
    private final NotedMembers noted;
    private PathNode[] paths = {};
    private int maxDepth;
    private byte[] keyRoom = new byte[64];

    // The containers that are open around the current value, outermost first.
    private int[] nodes = new int[16];
    private int[] cells = new int[16];
    private int[] kinds = new int[16];
    private int depth;

    private int found;

    Projector(Tape tape) {
        this.tape = tape;
        noted = new NotedMembers(tape);
    }

    /**
     * Scans a body that is one JSON value.
     *
     * @param deepest how many containers may be open at once
     * @return {@code limit}, or a packed {@link Fault}
     */
    int scan(byte[] text, int from, int limit, PathNode[] paths, int root, int deepest) {
        this.paths = paths;
        maxDepth = deepest;
        depth = 0;
        runs.reset();
        int p = Scalars.skipSpace(text, from, limit);
        if (p >= limit) {
            return Fault.EMPTY.at(from);
        }
        int node = root;
        while (true) {
            p = value(text, p, limit, node);
            if (p < 0) {
                return p;
            }
            p = proceed(text, p, limit);
            if (p < 0) {
                return p;
            }
            if (found == KeyTable.NONE) {
                return p < limit ? Fault.TRAILING.at(p) : limit;
            }
            node = found;
        }
    }

    /** Notes the value at {@code at}. An object or array whose inside matters is left open. */
    private int value(byte[] text, int at, int limit, int node) {
        if (at >= limit) {
            return Fault.UNEXPECTED_END.at(limit);
        }
        if (tape.isFull()) {
            return Fault.TOO_MANY.at(at);
        }
        int parent = depth == 0 ? 0 : cells[depth - 1];
        byte c = text[at];
        if (c == '"') {
            int end = Strings.end(text, at + 1, limit);
            if (end < 0) {
                return end;
            }
            tape.addString(parent, node, at + 1, end);
            return end + 1;
        }
        if (c == '{') {
            return open(at, node, tape.add(parent, node, Kind.OBJECT, at, at), Kind.OBJECT);
        }
        if (c == '[') {
            boolean nested = depth > 0 && kinds[depth - 1] != Kind.OBJECT;
            int cell = nested ? parent : tape.add(parent, node, Kind.ARRAY, at, at);
            return open(at, node, cell, nested ? NESTED_ARRAY : Kind.ARRAY);
        }
        int end = Scalars.end(text, at, limit);
        if (end >= 0) {
            tape.add(parent, node, Kind.ofScalar(c), at, end);
        }
        return end;
    }

    private int open(int at, int node, int cell, int kind) {
        if (depth >= maxDepth) {
            return Fault.TOO_DEEP.at(at);
        }
        if (depth == cells.length) {
            nodes = Arrays.copyOf(nodes, 2 * depth);
            cells = Arrays.copyOf(cells, 2 * depth);
            kinds = Arrays.copyOf(kinds, 2 * depth);
        }
        nodes[depth] = node;
        cells[depth] = cell;
        kinds[depth] = kind;
        depth++;
        return at + 1;
    }

    /**
     * Goes on from inside a container just opened, or from behind a value, to the next value that matters.
     *
     * @return its index, with its node in {@link #found}; or the index behind the root value, with none
     */
    private int proceed(byte[] text, int at, int limit) {
        int p = at;
        boolean fresh = text[at - 1] == '{' || text[at - 1] == '[';
        while (true) {
            p = Scalars.skipSpace(text, p, limit);
            if (depth == 0) {
                found = KeyTable.NONE;
                return p;
            }
            if (p >= limit) {
                return Fault.UNEXPECTED_END.at(limit);
            }
            int top = depth - 1;
            boolean object = kinds[top] == Kind.OBJECT;
            byte c = text[p];
            if (c == (object ? '}' : ']')) {
                p++;
                depth = top;
                tape.end(cells[top], p);
                fresh = false;
                continue;
            }
            if (!fresh) {
                if (c != ',') {
                    return (object ? Fault.EXPECTED_MEMBER_END : Fault.EXPECTED_ELEMENT_END).at(p);
                }
                p = Scalars.skipSpace(text, p + 1, limit);
            }
            if (kinds[top] != NESTED_ARRAY) {
                tape.count(cells[top], 1);
            }
            if (!object) {
                found = nodes[top];
                return p;
            }
            p = members(text, p, limit, paths[nodes[top]], cells[top]);
            if (p < 0 || found != KeyTable.NONE) {
                return p;
            }
            fresh = false;
        }
    }

    /**
     * Passes the members of an object up to the first that a filter names.
     *
     * @return the index of that one's value, with its node in {@link #found}; or of the closing brace, with none
     */
    private int members(byte[] text, int at, int limit, PathNode node, int cell) {
        noted.of(node, cell);
        int p = at;
        while (true) {
            if (p >= limit) {
                return Fault.UNEXPECTED_END.at(limit);
            }
            if (text[p] != '"') {
                return Fault.EXPECTED_KEY.at(p);
            }
            if (tape.isFull()) {
                return Fault.TOO_MANY.at(p);
            }
            p = runs.pass(text, p, limit, maxDepth - depth, noted);
            tape.count(cell, runs.commas());
            if (runs.wanted() != Wanted.NONE) {
                found = runs.wanted();
                return p;
            }
            if (runs.entered() > 0) {
                p = skipper.rest(text, p, limit, maxDepth - depth);
            } else if (!runs.isBehindValue()) {
                p = member(text, p, limit, node.members());
                if (found != KeyTable.NONE) {
                    return p;
                }
            }
            if (p < 0) {
                return p;
            }
            p = Scalars.skipSpace(text, p, limit);
            if (p >= limit) {
                return Fault.UNEXPECTED_END.at(limit);
            }
            byte c = text[p];
            if (c != ',') {
                found = KeyTable.NONE;
                return c == '}' ? p : Fault.EXPECTED_MEMBER_END.at(p);
            }
            tape.count(cell, 1);
            p = Scalars.skipSpace(text, p + 1, limit);
        }
    }

    /** Passes a member, unless a filter names it: then {@link #found} is its node, and the index that of its value. */
    private int member(byte[] text, int at, int limit, @Nullable KeyTable names) {
        int start = at + 1;
        int end = Strings.shortEnd(text, start, limit);
        int child = KeyTable.NONE;
        if (end >= 0) {
            child = names == null ? KeyTable.NONE : names.find(text, start, end);
        } else {
            end = Strings.end(text, start, limit);
            if (end < 0) {
                found = KeyTable.NONE;
                return end;
            }
            child = names == null ? KeyTable.NONE : findUnusual(text, start, end, names);
        }
        int p = Skipper.colon(text, end + 1, limit);
        found = p < 0 ? KeyTable.NONE : child;
        return p < 0 || child != KeyTable.NONE ? p : skipper.skip(text, p, limit, maxDepth - depth);
    }

    /** Finds a name that is long or has escapes or characters outside ASCII. */
    private int findUnusual(byte[] text, int start, int end, KeyTable names) {
        if (!Strings.escaped(text, start, end)) {
            return names.find(text, start, end);
        }
        if (keyRoom.length < end - start) {
            keyRoom = new byte[2 * (end - start)];
        }
        return names.find(keyRoom, 0, Strings.unescape(text, start, end, keyRoom, 0));
    }
}
