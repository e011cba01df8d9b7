package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Wanted;
import org.jspecify.annotations.Nullable;

/** The members of the object being passed that filters name. Their values go on the tape. */
final class NotedMembers implements Wanted {
    private final Tape tape;
    private @Nullable KeyTable members;
    private long names;
    private int object;

    NotedMembers(Tape tape) {
        this.tape = tape;
    }

    /** Turns to another object. */
    void of(PathNode node, int cell) {
        members = node.members();
        names = node.names();
        object = cell;
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
}
