package dev.sluice.gateway.running;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Real input that lies in {@code shared/data} beside a checkout, or above it; a clone elsewhere has none. */
public final class SharedData {
    private SharedData() {}

    /** The files of a folder in order of their names; skips the test where the folder is not there. */
    public static List<Path> files(String name) {
        Path folder = find(Path.of("").toAbsolutePath(), Path.of("shared", "data", name));
        assumeTrue(folder != null, () -> "there is no shared/data/" + name + " beside this checkout");
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Path find(Path from, Path wanted) {
        for (Path parent = from; parent != null; parent = parent.getParent()) {
            if (Files.isDirectory(parent.resolve(wanted))) {
                return parent.resolve(wanted);
            }
        }
        return null;
    }
}
