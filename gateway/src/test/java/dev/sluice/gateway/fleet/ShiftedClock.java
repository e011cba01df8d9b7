package dev.sluice.gateway.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** The wall clock of a process, which can be shifted while it runs: a preloaded library adds what a mapped file says. */
final class ShiftedClock {
    private static final String SOURCE = "clock_shift.c";

    private final Path library;
    private final Path file;
    private final MappedByteBuffer nanos;

    private ShiftedClock(Path library, Path file) throws IOException {
        this.library = library;
        this.file = file;
        Files.write(file, new byte[Long.BYTES]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            nanos = channel.map(MapMode.READ_WRITE, 0, Long.BYTES);
        }
        nanos.order(ByteOrder.nativeOrder());
    }

    /** So many clocks, or none where there is no C compiler to build the library with. */
    static List<ShiftedClock> create(Path folder, int number) throws IOException, InterruptedException {
        Optional<Path> library = build(folder);
        if (library.isEmpty()) {
            return List.of();
        }
        ShiftedClock[] clocks = new ShiftedClock[number];
        for (int i = 0; i < number; i++) {
            clocks[i] = new ShiftedClock(library.get(), folder.resolve("clock-" + i));
        }
        return List.of(clocks);
    }

    private static Optional<Path> build(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve(SOURCE);
        Path library = folder.resolve("clock_shift.so");
        try (InputStream resource = requireNonNull(ShiftedClock.class.getResourceAsStream("/" + SOURCE))) {
            Files.write(source, resource.readAllBytes());
        }
        Process compiler;
        try {
            compiler = new ProcessBuilder(
                    "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl")
                    .inheritIO().start();
        } catch (IOException e) {
            return Optional.empty();
        }
        if (compiler.waitFor() != 0) {
            throw new IllegalStateException("cc cannot build " + SOURCE);
        }
        return Optional.of(library);
    }

    /** What to start the process with. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "CLOCK_SHIFT_FILE", file.toString());
    }

    void shift(Duration by) {
        nanos.putLong(0, by.toNanos());
    }
}
