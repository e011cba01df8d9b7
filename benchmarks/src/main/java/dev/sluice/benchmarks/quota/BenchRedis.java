package dev.sluice.benchmarks.quota;

import redis.embedded.core.ExecutableProvider;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A Redis of the benchmark's own: the embedded binary on a free port of loopback, keeping nothing on disk. */
final class BenchRedis implements AutoCloseable {
    private static final int ATTEMPTS = 500;

    private final Path directory;
    private final Process process;
    private final int port;

    private BenchRedis(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    static BenchRedis start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("sluice-bench-redis");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String binary = ExecutableProvider.newJarResourceProvider(directory.toFile()).get().getPath();
        Process process = new ProcessBuilder(List.of(binary, "--port", Integer.toString(port), "--bind", "127.0.0.1",
                "--save", "", "--appendonly", "no", "--dir", directory.toString()))
                .redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
        BenchRedis redis = new BenchRedis(directory, process, port);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        redis.awaitPort();
        return redis;
    }

    private void awaitPort() throws IOException, InterruptedException {
        for (int i = 0; i < ATTEMPTS; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(10);
            }
        }
        throw new IOException("Redis did not start; see " + directory.resolve("log"));
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
