package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Timestamp;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Before and after instants. */
final class TimeTest implements ValueTest {
    private static final int LONGEST = 64;

    private final @Nullable Instant after;
    private final @Nullable Instant before;

    TimeTest(@Nullable Instant after, @Nullable Instant before) {
        this.after = after;
        this.before = before;
    }

    @Override
    public boolean passes(Tape tape, int cell) {
        byte[] text = tape.bytes(cell);
        int start = tape.start(cell);
        int end = tape.end(cell);
        if (tape.kind(cell) != Kind.STRING || end - start > LONGEST) {
            return false;
        }
        long seconds = Timestamp.seconds(text, start, end);
        if (seconds == Timestamp.NOT) {
            return false;
        }
        int nanos = Timestamp.nanos(text, start, end);
        return (after == null || compare(seconds, nanos, after) > 0) && (before == null || compare(seconds, nanos, before) < 0);
    }

    private static int compare(long seconds, int nanos, Instant other) {
        return seconds != other.getEpochSecond() ? Long.compare(seconds, other.getEpochSecond())
                : Integer.compare(nanos, other.getNano());
    }
}
