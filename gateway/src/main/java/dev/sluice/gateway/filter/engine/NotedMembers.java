package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Wanted;
import org.jspecify.annotations.Nullable;

/** The members of the innermost open object that filters name. Their values go on the tape. */
final class NotedMembers implements Wanted {
    private final Tape tape;
    private final Containers open;
    private PathNode[] paths = {};
    private @Nullable KeyTable members;
    private long names;
    private int object;

    NotedMembers(Tape tape, Containers open) {
        this.tape = tape;
        this.open = open;
    }

    /** Gets ready for an event whose values are looked at by these nodes. */
    void reset(PathNode[] paths) {
        this.paths = paths;
    }

    /** Turns to the container on top, an object. */
    void turn() {
        PathNode node = paths[open.node()];
        members = node.members();
        names = node.names();
        object = open.cell();
    }

    @Override
    public long names() {
        return names;
    }

    @Override
    public int find(byte[] text, int start, int end) {
        return members == null ? NONE : members.find(text, start, end);
    }

    @Override
    public void string(int member, int start, int end) {
        tape.addAsciiMember(object, member, start, end);
    }

    @Override
    public void scalar(int member, byte[] text, int start, int end) {
        tape.addMember(object, member, Kind.ofScalar(text[start]), start, end);
    }

    @Override
    public void open(int member, int at, int commas) {
        tape.count(object, commas);
        int cell = tape.add(object, member, Kind.OBJECT, at, at);
        tape.count(cell, 1);
        open.push(member, cell, Kind.OBJECT);
        turn();
    }

    @Override
    public boolean close(int end, int commas) {
        if (!open.isMember()) {
            return false;
        }
        tape.count(object, commas);
        tape.end(object, end);
        open.pop();
        turn();
        return true;
    }
}
