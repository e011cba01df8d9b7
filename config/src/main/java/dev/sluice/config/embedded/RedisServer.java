package dev.sluice.config.embedded;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The embedded Redis, with an append-only file that is synced every second. */
final class RedisServer implements EmbeddedServer {
    private static final String STOP_SIGNAL = "TERM";
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final int CONNECT_MILLIS = 1000;

    private static final String NAME = "Redis";
    private final Path home;
    private final Path data;
    private final Path log;
    private final Path configFile;
    private final Path pidFile;
    private final Path endpointFile;
    private final Binaries binaries;

    RedisServer(Path home, Binaries binaries) {
        this.home = home;
        this.data = home.resolve("redis");
        this.log = home.resolve("redis.log");
        this.configFile = configFile(home);
        this.pidFile = pidFile(home);
        this.endpointFile = home.resolve("redis.endpoint");
        this.binaries = binaries;
    }

    static OrphanedServer orphan(Path home) {
        return new OrphanedServer(NAME, pidFile(home), configFile(home), STOP_SIGNAL);
    }

    private static Path configFile(Path home) {
        return home.resolve("redis.conf");
    }

    private static Path pidFile(Path home) {
        return home.resolve("redis.pid");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RunningServer start() throws EmbeddedServerException, IOException, InterruptedException {
        orphan(home).stop();
        Path program = binaries.redisServer();
        OwnerOnly.createDirectories(data);
        Endpoint endpoint = Endpoint.load(endpointFile);
        OwnerOnly.write(configFile, settings(endpoint));
        ServerProcess process =
                ServerProcess.start(List.of(program.toString(), configFile.toString()), data, log);
        Readiness.await(name(), process, STOP_SIGNAL, () -> answersPing(endpoint), START_LIMIT, log);
        String uri = "redis://:%s@%s:%d".formatted(endpoint.password(), Endpoint.HOST, endpoint.port());
        return new RunningServer(name(), uri, process, STOP_SIGNAL, log);
    }

    private String settings(Endpoint endpoint) throws IOException {
        return Bundled.text("redis.conf")
                + "\nport %d\nrequirepass %s\ndir %s\npidfile %s\n".formatted(
                        endpoint.port(), endpoint.password(), quoted(data), quoted(pidFile));
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean answersPing(Endpoint endpoint) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(CONNECT_MILLIS);
            socket.connect(endpoint.address(), CONNECT_MILLIS);
            socket.getOutputStream().write(
                    ("AUTH " + endpoint.password() + "\r\nPING\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.contains("+PONG");
        } catch (SocketException | SocketTimeoutException e) {
            // Not listening yet, or just ended, which the waiter sees by itself.
            return false;
        }
    }
}
