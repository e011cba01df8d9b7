package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.Wanted;
import org.jspecify.annotations.Nullable;

/** The members of the object being passed that filters name. Their values go on the tape. */
final class NotedMembers implements Wanted {
    private final Tape tape;
    private @Nullable KeyTable members;
    private long names;
    private int object;
    private int found;

    NotedMembers(Tape tape) {
        this.tape = tape;
    }

    /** Turns to another object. */
    void of(PathNode node, int cell) {
        members = node.members();
        names = node.names();
        object = cell;
    }

    /** The node of the member last asked about, or {@link KeyTable#NONE}. */
    int found() {
        return found;
    }

    @Override
    public long names() {
        return names;
    }

    @Override
    public boolean wants(byte[] text, int start, int end) {
        found = members == null ? KeyTable.NONE : members.find(text, start, end);
        return found != KeyTable.NONE;
    }

    @Override
    public void string(int start, int end) {
        tape.add(object, found, Kind.STRING, start, end);
    }

    @Override
    public void scalar(byte[] text, int start, int end) {
        tape.add(object, found, Kind.ofScalar(text[start]), start, end);
    }
}
