package dev.sluice.quota.testing;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import redis.embedded.core.ExecutableProvider;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/** A real Redis server on a free port of loopback, which tests may kill, pause and start again. */
public final class RedisProcess implements AutoCloseable {
    private final Path directory;
    private final int port;
    private final List<String> command;
    private Process process;

    private RedisProcess(Path directory, int port, List<String> command) throws IOException {
        this.directory = directory;
        this.port = port;
        this.command = command;
        this.process = launch();
    }

    public static RedisProcess start(String... settings) {
        try {
            Path directory = Files.createTempDirectory("quota-redis");
            File binary = ExecutableProvider.newJarResourceProvider(directory.toFile()).get();
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(binary.getPath(), "--port", Integer.toString(port),
                    "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory.toString()));
            command.addAll(List.of(settings));
            RedisProcess process = new RedisProcess(directory, port, command);
            process.awaitReady();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port whose cluster bus, 10,000 above, is a port too. */
    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = socket.getLocalPort() % 20_000 + 20_000;
                if (isFree(port) && isFree(port + 10_000)) {
                    return port;
                }
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private Process launch() throws IOException {
        Process launched = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        // A test run that is broken off must not leave servers behind.
        Runtime.getRuntime().addShutdownHook(new Thread(launched::destroyForcibly));
        return launched;
    }

    public void awaitReady() {
        await().atMost(Duration.ofSeconds(20)).ignoreException(RedisException.class)
                .until(() -> "PONG".equals(ask(RedisCommands::ping)));
    }

    public <T> T ask(Function<RedisCommands<String, String>, T> question) {
        RedisURI uri = RedisURI.create(uri());
        uri.setTimeout(Duration.ofSeconds(2));
        try (RedisClient client = RedisClient.create(uri)) {
            return question.apply(client.connect().sync());
        }
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts again on the same port with nothing remembered. */
    public void startAgain() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady();
    }

    public void pause() {
        Signals.pause(process);
    }

    public void resume() {
        Signals.resume(process);
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
