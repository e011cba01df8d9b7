package dev.sluice.benchmarks.hostile.input;

import java.util.List;

/**
 * What goes over one connection in one go.
 *
 * @param aims the complete requests in it, each of which must be answered
 * @param after what becomes of the connection
 */
public record Shot(Kind kind, List<Part> parts, List<Aim> aims, After after) {
    /** Bytes, and how long to wait after them. */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    public record Part(byte[] bytes, int pauseMillis) {}

    /** What becomes of the connection. */
    public enum After {
        /** It is used again if the server keeps it. */
        KEEP,
        /** It is closed once all is answered: what was sent may have confused its framing. */
        CLOSE,
        /** It is closed at once, without waiting for any answer. */
        CUT,
        /** It stays open, incomplete, until the server has had enough. */
        LINGER
    }

    static Shot of(Kind kind, byte[] bytes, Aim aim) {
        return new Shot(kind, List.of(new Part(bytes, 0)), List.of(aim), After.KEEP);
    }

    Shot after(After other) {
        return new Shot(kind, parts, aims, other);
    }

    /** How many requests this is. */
    public int requests() {
        return Math.max(1, aims.size());
    }
}
