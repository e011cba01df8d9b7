package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.Frame;
import dev.sluice.executor.sandbox.protocol.FrameChannel;
import dev.sluice.executor.sandbox.protocol.TurnBoard;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Starts sandbox processes and makes sure that who connects is the process that was started. */
final class Launcher implements AutoCloseable {
    /** A process and the connection to it, token checked, and which execution each of its threads runs. */
    record Launched(Process process, FrameChannel channel, TurnBoard board) {}

    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

    /** The kernel's limit for a socket's path, with its terminating zero. */
    private static final int SOCKET_PATH_BYTES = 107;

    private static final int BACKLOG = 1 << 16;
    private static final int LINE_CHARACTERS = 500;
    private static final int LINES = 1_000;

    private final SandboxOptions options;
    private final NetworkIsolation isolation;
    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    Launcher(SandboxOptions options) {
        this.options = options;
        isolation = options.networkIsolation() ? NetworkIsolation.probe() : NetworkIsolation.NONE;
        folder = privateFolder();
    }

    boolean networkIsolated() {
        return isolation.active();
    }

    /** Blocks until the process has connected. Whoever gives up earlier destroys {@code started}'s process. */
    Launched launch(int index, Consumer<Process> started) throws IOException {
        Path work = Files.createTempDirectory(folder, "work");
        Path socket = folder.resolve(index + ".sock");
        Files.deleteIfExists(socket);
        byte[] token = new byte[32];
        random.nextBytes(token);
        String secret = HexFormat.of().formatHex(token);
        boolean running = false;
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Path boardFile = work.resolve("turns");
            TurnBoard board = TurnBoard.create(boardFile, TurnBoard.slots(options.threads()));
            ProcessBuilder builder = new ProcessBuilder(SandboxCommand.of(options, isolation, socket, boardFile))
                    .directory(work.toFile())
                    .redirectErrorStream(true);
            builder.environment().clear();
            Process process = builder.start();
            started.accept(process);
            relay(process, index);
            AtomicReference<@Nullable FrameChannel> candidate = new AtomicReference<>();
            AtomicBoolean connected = new AtomicBoolean();
            var _ = process.onExit().thenRun(() -> {
                close(server);
                FrameChannel channel = candidate.get();
                if (channel != null && !connected.get()) {
                    // Whoever it is that said nothing: the process that it pretended to be is gone.
                    channel.close();
                }
                delete(work);
            });
            try {
                process.outputWriter(StandardCharsets.UTF_8).append(secret).append('\n').close();
                FrameChannel channel = accept(server, secret, candidate::set);
                connected.set(true);
                running = true;
                return new Launched(process, channel, board);
            } catch (IOException | RuntimeException e) {
                process.destroyForcibly();
                throw e;
            }
        } finally {
            Files.deleteIfExists(socket);
            if (!running) {
                delete(work);
            }
        }
    }

    @Override
    public void close() {
        delete(folder);
    }

    private static FrameChannel accept(ServerSocketChannel server, String secret, Consumer<FrameChannel> candidate)
            throws IOException {
        while (true) {
            SocketChannel socket = server.accept();
            FrameChannel channel = new FrameChannel(socket, BACKLOG);
            candidate.accept(channel);
            if (hello(channel) instanceof Frame.Hello(int version, String token, long _)
                    && version == FrameChannel.VERSION
                    && MessageDigest.isEqual(
                            token.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8))) {
                return channel;
            }
            LOG.warn("refused a connection to a sandbox's socket that did not prove to be the sandbox");
            channel.close();
        }
    }

    private static @Nullable Frame hello(FrameChannel channel) {
        try {
            return channel.receive();
        } catch (IOException e) {
            return null;
        }
    }

    /** What the process prints goes to the log, a bounded amount of it, for it may be the tenants' doing. */
    private static void relay(Process process, int index) {
        Thread.ofPlatform().name("sandbox-" + index + "-log").daemon().start(() -> {
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                char[] buffer = new char[LINE_CHARACTERS];
                int budget = LINES;
                for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                    if (budget-- > 0) {
                        LOG.warn("sandbox {}: {}", index, new String(buffer, 0, count).strip()
                                .replaceAll("\\p{Cntrl}+", " | "));
                    }
                }
            } catch (IOException | UncheckedIOException e) {
                LOG.debug("sandbox {} closed its output", index);
            }
        });
    }

    private static Path privateFolder() {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        try {
            Path folder = Files.createTempDirectory("sluice-", ownerOnly);
            if (folder.resolve("00.sock").toString().getBytes(StandardCharsets.UTF_8).length > SOCKET_PATH_BYTES) {
                Files.delete(folder);
                folder = Files.createTempDirectory(Path.of("/tmp"), "sluice-", ownerOnly);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("no private folder for the sandboxes' sockets", e);
        }
    }

    private static void close(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("a listening socket did not close", e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("could not delete {}", folder, e);
        }
    }
}
