package dev.sluice.benchmarks.hostile.input;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Real input from {@code shared/data} of a folder above this checkout. Where that is not there, the grammars serve alone,
 * and {@link #describe} says so.
 *
 * @param webhooks bodies of GitHub's webhooks
 * @param texts JSON and what is nearly JSON
 * @param vectors test vectors of HMAC and AES, as JSON
 */
public record Corpora(List<byte[]> webhooks, List<byte[]> texts, List<byte[]> vectors) {
    private static final int MAX_BYTES = 256 << 10;

    /** Reads what is there. */
    public static Corpora read() throws IOException {
        return new Corpora(files("github-webhooks"), files("json-test-suite/test_parsing"), files("wycheproof"));
    }

    /** What was found. */
    public String describe() {
        return webhooks.isEmpty() && texts.isEmpty() && vectors.isEmpty()
                ? "no corpora: there is no shared/data above this checkout; grammars alone"
                : "%d webhook bodies, %d JSON texts, %d files of test vectors, and grammars".formatted(
                        webhooks.size(), texts.size(), vectors.size());
    }

    private static List<byte[]> files(String name) throws IOException {
        Path folder = find(Path.of("").toAbsolutePath(), Path.of("shared", "data", name));
        List<byte[]> contents = new ArrayList<>();
        if (folder != null) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(file -> file.toString().endsWith(".json")).sorted().toList()) {
                    if (Files.size(file) <= MAX_BYTES) {
                        contents.add(Files.readAllBytes(file));
                    }
                }
            }
        }
        return List.copyOf(contents);
    }

    private static @Nullable Path find(Path from, Path wanted) {
        for (Path parent = from; parent != null; parent = parent.getParent()) {
            if (Files.isDirectory(parent.resolve(wanted))) {
                return parent.resolve(wanted);
            }
        }
        return null;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
