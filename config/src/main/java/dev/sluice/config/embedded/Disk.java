package dev.sluice.config.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes changes survive a loss of power. */
final class Disk {
    private Disk() {}

    /** Writes a directory's entries through: without it a renamed file may be back under its old name. */
    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
