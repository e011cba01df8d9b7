package dev.sluice.gateway.filter;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Real input that lies beside the checkout, in {@code shared/data} of a folder above; tests are skipped without it. */
public final class SharedData {
    private SharedData() {}

    /** The files of a folder with their names ending in {@code .json}, in order; skips the test when it is absent. */
    public static List<Path> json(String folder) {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path found = above.resolve("shared/data").resolve(folder);
            if (Files.isDirectory(found)) {
                try (var files = Files.list(found)) {
                    return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        Assumptions.abort("needs shared/data/" + folder);
        return List.of();
    }

    /** The bytes of a file. */
    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
