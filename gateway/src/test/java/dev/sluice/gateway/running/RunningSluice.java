package dev.sluice.gateway.running;

import dev.sluice.config.StartupException;
import dev.sluice.config.datadirectory.DataDirectory;
import dev.sluice.config.embedded.EmbeddedServers;
import dev.sluice.gateway.cli.Sluice;
import dev.sluice.quota.testing.Signals;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A node in a process of its own, with its embedded servers and a data directory below {@code target/}. It can be told
 * to stop, killed and started again on the same data.
 */
public final class RunningSluice implements AutoCloseable {
    /** What SIGTERM makes of a process that ends in good order. */
    public static final int SIGTERM_EXIT = 143;

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration END_LIMIT = Duration.ofSeconds(60);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private final Thread lastResort = Thread.ofPlatform().unstarted(this::endAll);
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Process process;
    private final List<Pattern> expected = new CopyOnWriteArrayList<>();
    private final Set<String> reported = new HashSet<>();
    private int starts;
    private String url = "";
    private JsonObject credentials = new JsonObject();

    /**
     * Starts a node on a new data directory and waits until it is ready.
     *
     * @param settings environment variables over those that give it a free port and a directory
     */
    public static RunningSluice start(Map<String, String> settings) throws IOException {
        RunningSluice sluice = new RunningSluice(settings);
        try {
            sluice.awaitReady();
            return sluice;
        } catch (Throwable e) {
            sluice.end();
            throw e;
        }
    }

    private RunningSluice(Map<String, String> settings) throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        folder = target.resolve("running").resolve(ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet());
        // Unpacking the servers' programs is most of a first start, so all data directories share them.
        Path programs = Files.createDirectories(target.resolve("embedded-binaries"));
        Files.createSymbolicLink(Files.createDirectories(data().resolve("embedded")).resolve("bin"), programs);
        environment.put("SLUICE_HTTP_PORT", "0");
        environment.put("SLUICE_DATA_DIR", data().toString());
        environment.putAll(settings);
        process = launch();
        // Tests may be interrupted, but nothing of them may stay.
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** Starts it again, on the data it has, and waits until it is ready. */
    public void restart() throws IOException {
        if (process.isAlive()) {
            throw new IllegalStateException("it still runs");
        }
        process = launch();
        awaitReady();
    }

    /** The options are the launcher's, so that what holds here holds for {@code ./sluice}. */
    private Process launch() throws IOException {
        starts++;
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseG1GC", "-Xmx1g", "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                        "--add-modules", "jdk.incubator.vector",
                        "-Dsluice.sandbox.home=" + System.getProperty("sluice.sandbox.home"),
                        "-cp", System.getProperty("java.class.path"),
                        Sluice.class.getName(), "start"))
                .directory(folder.toFile())
                .redirectOutput(output("out").toFile())
                .redirectError(output("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void awaitReady() throws IOException {
        Awaitility.await("ready").atMost(READY_LIMIT).pollInterval(Duration.ofMillis(50))
                .failFast("it ended while starting", this::requireAlive)
                .until(() -> read(output("err")).contains(": ready"));
        url = property(read(data().resolve("node.properties")), "url");
        Path firstRun = data().resolve("first-run.json");
        // A node that is not the first on its database has no credentials of its own.
        credentials = Files.exists(firstRun) ? new JsonObject(Files.readString(firstRun)) : new JsonObject();
        Awaitility.await("healthy").atMost(READY_LIMIT).until(() -> strangerClient().health() == 200);
    }

    private void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("it ended with " + process.exitValue() + ":\n" + read(output("err")));
        }
    }

    private static String property(String properties, String name) throws IOException {
        Properties parsed = new Properties();
        parsed.load(new StringReader(properties));
        return parsed.getProperty(name);
    }

    /** Its base address; another one after each start. */
    public String url() {
        return url;
    }

    public String liveKey() {
        return credentials.getString("liveKey");
    }

    public String testKey() {
        return credentials.getString("testKey");
    }

    /** Whether this node made the first organization. */
    public boolean hasCredentials() {
        return !credentials.isEmpty();
    }

    /** A client with the live key of the first organization. */
    public Client client() {
        return client(this::url);
    }

    /** The same for another node on this one's database. */
    public Client client(Supplier<String> node) {
        return new Client(http, node, Map.of("x-fastn-api-key", liveKey()));
    }

    /** A client that sends nothing of its own accord. */
    public Client strangerClient() {
        return new Client(http, this::url, Map.of());
    }

    /** Makes a further organization on a plan; answers a client with its live key. */
    public Client newOrganization(String plan) throws IOException {
        Client client = strangerClient().with("x-fastn-api-key", Organizations.create(postgresUri(), plan));
        // The node hears of it from the database.
        Awaitility.await("organization").until(() -> client.get("/customers").status() == 200);
        return client;
    }

    public Path data() {
        return folder.resolve("data");
    }

    /** What the present process printed for the person at the terminal. */
    public String out() {
        return read(output("out"));
    }

    /** What all its processes have logged. */
    public String log() {
        StringBuilder log = new StringBuilder();
        for (int start = 1; start <= starts; start++) {
            log.append(read(folder.resolve("err-" + start + ".txt")));
        }
        return log.toString();
    }

    /** Its database as the owner sees it, in the form of the setting {@code postgres.uri}. */
    public String postgresUri() throws IOException {
        String given = environment.get("SLUICE_POSTGRES_URI");
        if (given != null) {
            return given;
        }
        List<String> endpoint = Files.readAllLines(data().resolve("embedded/postgres.endpoint"));
        return "postgresql://sluice:%s@127.0.0.1:%s/sluice".formatted(endpoint.get(1), endpoint.get(0));
    }

    /** The sandbox processes that live now. */
    public List<ProcessHandle> sandboxes() {
        return process.descendants().filter(child -> commandLine(child).contains("SandboxMain")).toList();
    }

    /** Its embedded Redis. */
    ProcessHandle redis() {
        return process.descendants().filter(child -> commandLine(child).contains("redis-server")).findFirst().orElseThrow();
    }

    /** Tells the process to stop; answers its exit code. */
    public int terminate() throws InterruptedException {
        beginTermination();
        return awaitEnd();
    }

    /** Tells the process to stop and does not wait. */
    public void beginTermination() {
        process.destroy();
    }

    /** Waits for the end of a process that was told to stop; answers its exit code. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(END_LIMIT)) {
            throw new AssertionError("still running after " + END_LIMIT);
        }
        return process.exitValue();
    }

    /** SIGSTOP of the gateway process alone. */
    public void pause() {
        Signals.pause(process);
    }

    /** SIGSTOP of its embedded servers. */
    public void pauseServers() {
        process.children()
                .filter(child -> commandLine(child).contains("embedded/postgres") || commandLine(child).contains("redis.conf")
                        || commandLine(child).contains("redis-server"))
                .forEach(Signals::pauseAll);
    }

    public void resume() {
        Signals.resume(process);
    }

    /** {@code kill -9} of the gateway process alone: sandboxes and servers are left to themselves. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Declares what this node is made to log as an error, from now on; anything else fails the test that uses it. */
    public void expect(String regex) {
        expected.add(Pattern.compile(regex));
    }

    /** Fails if its processes have logged, since the last call, what no test expects. */
    public void requireNothingUnexpectedLogged() {
        ProcessLog.verify(folder, ProcessLog.unexpected(log(), expected).stream().filter(reported::add).toList());
    }

    /**
     * Ends everything at once and deletes the data; what was printed and logged stays. Fails if it logged what no test
     * expects.
     */
    @Override
    public void close() {
        end();
        requireNothingUnexpectedLogged();
    }

    private void end() {
        Runtime.getRuntime().removeShutdownHook(lastResort);
        endAll();
        http.close();
    }

    private void endAll() {
        List<ProcessHandle> orphans = sandboxes();
        kill();
        orphans.forEach(ProcessHandle::destroyForcibly);
        try (DataDirectory owned = DataDirectory.open(data())) {
            EmbeddedServers.stopOrphans(owned);
        } catch (StartupException | InterruptedException e) {
            throw new IllegalStateException("servers are left in " + data(), e);
        }
        try (Stream<Path> paths = Files.walk(data())) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path output(String stream) {
        return folder.resolve(stream + "-" + starts + ".txt");
    }

    /** Unlike {@link ProcessHandle.Info#commandLine}, whole however long it is. */
    private static String commandLine(ProcessHandle process) {
        return read(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    }

    /** Empty if it is not there: a process may end while it is looked at. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
