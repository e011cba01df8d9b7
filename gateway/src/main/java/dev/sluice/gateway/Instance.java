package dev.sluice.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Names a data directory for good, and with it the one node that can run in it at a time. */
final class Instance {
    private static final String FILE = "instance-id";

    private Instance() {}

    static UUID of(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            Path next = file.resolveSibling(FILE + ".new");
            Files.writeString(next, UUID.randomUUID() + "\n");
            Files.move(next, file);
        }
        return UUID.fromString(Files.readString(file).strip());
    }
}
