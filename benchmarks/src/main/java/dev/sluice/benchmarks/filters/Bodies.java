package dev.sluice.benchmarks.filters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** GitHub's example webhook bodies, from {@code shared/data/github-webhooks} in a folder above the current one. */
final class Bodies {
    private Bodies() {}

    static List<byte[]> read() {
        List<byte[]> bodies = new ArrayList<>();
        try (var files = Files.list(folder())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
                bodies.add(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bodies;
    }

    private static Path folder() {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path folder = above.resolve("shared/data/github-webhooks");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        throw new IllegalStateException("no shared/data/github-webhooks in this folder or one above it");
    }
}
