package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Fault;
import dev.sluice.gateway.filter.json.MemberRuns;
import dev.sluice.gateway.filter.json.Scalars;
import dev.sluice.gateway.filter.json.Skipper;
import dev.sluice.gateway.filter.json.Strings;

/**
 * The one pass over a body: validates all of it and notes on a tape the values at the nodes of a tree of paths.
 *
 * <p>Iterative, so that no nesting can overflow the stack.
 */
final class Projector {
    private final MemberRuns runs = new MemberRuns();
    private final Skipper skipper = new Skipper(runs);
    private final Tape tape;
    private final NotedMembers noted;
    private final Containers open = new Containers();
    private int maxDepth;
    private byte[] keyRoom = new byte[64];
    private int found;

    Projector(Tape tape) {
        this.tape = tape;
        noted = new NotedMembers(tape, open);
    }

    /**
     * Scans a body that is one JSON value.
     *
     * @param deepest how many containers may be open at once
     * @return {@code limit}, or a packed {@link Fault}
     */
    int scan(byte[] text, int from, int limit, PathNode[] paths, int root, int deepest) {
        maxDepth = deepest;
        open.clear();
        noted.reset(paths);
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
        int parent = open.cell();
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
            boolean nested = open.depth() > 0 && open.kind() != Kind.OBJECT;
            int cell = nested ? parent : tape.add(parent, node, Kind.ARRAY, at, at);
            return open(at, node, cell, nested ? Containers.NESTED_ARRAY : Kind.ARRAY);
        }
        int end = Scalars.end(text, at, limit);
        if (end >= 0) {
            tape.add(parent, node, Kind.ofScalar(c), at, end);
        }
        return end;
    }

    private int open(int at, int node, int cell, int kind) {
        if (open.depth() >= maxDepth) {
            return Fault.TOO_DEEP.at(at);
        }
        open.push(node, cell, kind);
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
            if (open.depth() == 0) {
                found = KeyTable.NONE;
                return p;
            }
            if (p >= limit) {
                return Fault.UNEXPECTED_END.at(limit);
            }
            int kind = open.kind();
            boolean object = kind == Kind.OBJECT;
            byte c = text[p];
            if (c == (object ? '}' : ']')) {
                p++;
                tape.end(open.cell(), p);
                open.pop();
                fresh = false;
                continue;
            }
            if (!fresh) {
                if (c != ',') {
                    return (object ? Fault.EXPECTED_MEMBER_END : Fault.EXPECTED_ELEMENT_END).at(p);
                }
                p = Scalars.skipSpace(text, p + 1, limit);
            }
            if (kind != Containers.NESTED_ARRAY) {
                tape.count(open.cell(), 1);
            }
            if (!object) {
                found = open.node();
                return p;
            }
            p = members(text, p, limit);
            if (p < 0 || found != KeyTable.NONE) {
                return p;
            }
            fresh = false;
        }
    }

    /**
     * Passes the members of an object up to the first that a filter names and a run does not pass. On the way, objects in
     * it that matter may be opened, and it and objects around it closed.
     *
     * @return the index of that one's value, with its node in {@link #found}; or of the closing brace of the object that is
     *     open then, with none
     */
    private int members(byte[] text, int at, int limit) {
        noted.turn();
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
            p = runs.pass(text, p, limit, maxDepth - open.depth(), noted);
            tape.count(open.cell(), runs.commas());
            if (runs.entered() > 0) {
                p = skipper.rest(text, p, limit, maxDepth - open.depth());
            } else if (!runs.isBehindValue()) {
                p = member(text, p, limit);
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
            tape.count(open.cell(), 1);
            p = Scalars.skipSpace(text, p + 1, limit);
        }
    }

    /** Passes a member, unless a filter names it: then {@link #found} is its node, and the index that of its value. */
    private int member(byte[] text, int at, int limit) {
        int start = at + 1;
        int end = Strings.shortEnd(text, start, limit);
        int child;
        if (end >= 0) {
            child = noted.find(text, start, end);
        } else {
            end = Strings.end(text, start, limit);
            if (end < 0) {
                found = KeyTable.NONE;
                return end;
            }
            child = findUnusual(text, start, end);
        }
        int p = Skipper.colon(text, end + 1, limit);
        found = p < 0 ? KeyTable.NONE : child;
        return p < 0 || child != KeyTable.NONE ? p : skipper.skip(text, p, limit, maxDepth - open.depth());
    }

    /** Finds a name that is long or has escapes or characters outside ASCII. */
    private int findUnusual(byte[] text, int start, int end) {
        if (!Strings.escaped(text, start, end)) {
            return noted.find(text, start, end);
        }
        if (keyRoom.length < end - start) {
            keyRoom = new byte[2 * (end - start)];
        }
        return noted.find(keyRoom, 0, Strings.unescape(text, start, end, keyRoom, 0));
    }
}
