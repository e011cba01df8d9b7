package dev.sluice.gateway.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;

/**
 * What a node's process says of itself in its data directory.
 *
 * @param pid its process id
 * @param started when the operating system started it, which tells it from another process with the same id
 * @param ready whether the node has started up
 * @param drainGrace the grace time that running executions have when it is stopped
 * @param url where its HTTP edge is reached; none before it is ready, and for a worker
 */
record NodeRecord(long pid, Instant started, boolean ready, Duration drainGrace, Optional<String> url) {
    static final String FILE = "node.properties";

    /** The clock that start times are derived from is adjusted while machines run. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    static NodeRecord ofThisProcess(Duration drainGrace) {
        ProcessHandle self = ProcessHandle.current();
        return new NodeRecord(
                self.pid(), self.info().startInstant().orElse(Instant.EPOCH), false, drainGrace, Optional.empty());
    }

    /** The record of the living process that owns the directory; none if there is no such process. */
    static Optional<NodeRecord> ofLiving(Path dataDirectory) throws IOException {
        return read(dataDirectory.resolve(FILE)).filter(record -> record.process().isPresent());
    }

    /** The process, while it lives. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().startInstant()
                        .map(instant -> Duration.between(instant, started).abs().compareTo(CLOCK_TOLERANCE) < 0)
                        .orElse(true));
    }

    String text() {
        return "pid=%d%nstarted=%s%nready=%s%ndrain-grace=%s%nurl=%s%n"
                .formatted(pid, started, ready, drainGrace, url.orElse(""));
    }

    private static Optional<NodeRecord> read(Path file) throws IOException {
        Properties content = new Properties();
        try {
            content.load(new StringReader(Files.readString(file)));
            return Optional.of(new NodeRecord(
                    Long.parseLong(content.getProperty("pid", "")),
                    Instant.parse(content.getProperty("started", "")),
                    Boolean.parseBoolean(content.getProperty("ready")),
                    // A node of an earlier version does not say.
                    Duration.parse(content.getProperty("drain-grace", "PT10S")),
                    Optional.ofNullable(content.getProperty("url")).filter(url -> !url.isEmpty())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IOException(file + " is not a node's record", e);
        }
    }
}
