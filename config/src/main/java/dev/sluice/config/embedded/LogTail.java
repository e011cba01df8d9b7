package dev.sluice.config.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a server's log, for the message that says why it did not start. */
final class LogTail {
    private static final int LINES = 8;

    private LogTail() {}

    static String of(Path log) {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
            return lines.isEmpty()
                    ? " (its log is empty)"
                    : ". Its log says:\n  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES),
                            lines.size()));
        } catch (IOException e) {
            return " (its log cannot be read: " + e + ")";
        }
    }
}
