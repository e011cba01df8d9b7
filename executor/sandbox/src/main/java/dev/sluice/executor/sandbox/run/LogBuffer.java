package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.protocol.Limits;
import dev.sluice.executor.sandbox.protocol.Outcome;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What one execution printed, up to a limit. Written by its turns, read by whoever ends it. */
final class LogBuffer {
    private final Limits limits;
    private final Clock clock;
    private final List<Outcome.LogLine> lines = new ArrayList<>();
    private int bytes;
    private boolean truncated;

    LogBuffer(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Whether another line would be kept; a no means that one was just lost. */
    synchronized boolean accepts() {
        boolean room = lines.size() < limits.logLines() && bytes < limits.logBytes();
        truncated |= !room;
        return room;
    }

    synchronized void add(Outcome.Level level, String message) {
        if (!accepts()) {
            return;
        }
        int room = limits.logBytes() - bytes;
        byte[] encoded = (message.length() > room ? message.substring(0, room + 1) : message).getBytes(StandardCharsets.UTF_8);
        if (message.length() <= room && encoded.length <= room) {
            bytes += encoded.length;
            lines.add(new Outcome.LogLine(clock.instant(), level, message));
        } else {
            bytes = limits.logBytes();
            truncated = true;
            lines.add(new Outcome.LogLine(clock.instant(), level, cut(encoded, room)));
        }
    }

    synchronized List<Outcome.LogLine> lines() {
        return List.copyOf(lines);
    }

    synchronized boolean truncated() {
        return truncated;
    }

    /** Never in the middle of a character. */
    private static String cut(byte[] utf8, int most) {
        int end = most;
        while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }
}
