package dev.sluice.benchmarks.ingress;

import io.vertx.core.json.JsonObject;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The product in a process of its own with a new data directory: embedded servers, fsync on, everything by default. */
public final class SluiceUnderTest implements AutoCloseable {
    /** A limit that is counted and never reached. */
    static final long UNREACHED = 1_000_000_000_000L;

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration EXECUTED_TIMEOUT = Duration.ofMinutes(2);
    private static final String SECRET = "benchmark-secret";
    private static final String WORKFLOW =
            "export default async function (ctx) { return { order: ctx.input.order.id }; }";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ChildJvm process;
    private final Path folder;
    private final int port;
    private final JsonObject credentials;

    private SluiceUnderTest(ChildJvm process, Path folder, int port) throws IOException, InterruptedException {
        this.process = process;
        this.folder = folder;
        this.port = port;
        awaitReady();
        this.credentials = new JsonObject(Files.readString(data(folder).resolve("first-run.json")));
    }

    /** Starts it below a folder and waits until it is ready. */
    public static SluiceUnderTest start(Path folder, Map<String, String> settings) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        int port = freePort();
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("SLUICE_DATA_DIR", data(folder).toString());
        environment.put("SLUICE_HTTP_PORT", Integer.toString(port));
        ChildJvm process = ChildJvm.start(
                folder.resolve("sluice.log"), environment, "dev.sluice.gateway.cli.Sluice", "start");
        return new SluiceUnderTest(process, folder, port);
    }

    /** The same data and webhooks in a node that leaves all executions to others, of which there are none. */
    SluiceUnderTest restartWithoutSandbox() throws IOException, InterruptedException {
        close();
        return start(folder, Map.of("SLUICE_SANDBOX_PROCESSES", "0"));
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Where it listens on this machine. */
    public int port() {
        return port;
    }

    /**
     * Three filtered routes of which the first matches, HMAC, a customer with limits that are counted.
     *
     * @param name of its own workflow and customer
     * @param eventsPerDay after so many the customer is blocked
     */
    String createWebhook(String name, long eventsPerDay) throws IOException, InterruptedException {
        post("/workflows", new JsonObject().put("name", name).put("code", WORKFLOW));
        JsonObject limit = new JsonObject().put("limit", eventsPerDay).put("enforcement", "hard_block");
        String customer = post("/customers", new JsonObject().put("name", name).put("limits", new JsonObject()
                .put("events_per_day", limit).put("events_per_minute", limit))).getString("id");
        return post("/triggers", new JsonObject("""
                {"type": "webhook", "name": "bench",
                 "auth": {"type": "hmac", "header": "X-Hub-Signature-256", "prefix": "sha256=", "secret": "%1$s"},
                 "routes": [{"workflow": "%2$s", "filter": {"event_type": "order.created"}},
                            {"workflow": "%2$s", "filter": {"event_type": "inventory.updated"}},
                            {"workflow": "%2$s", "filter": {"order.customer.id": 42}}]}""".formatted(SECRET, name))
                .put("customerId", customer)).getString("id");
    }

    static String signature(byte[] body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    }

    /** The live key of its first organization. */
    public String liveKey() {
        return credentials.getString("liveKey");
    }

    /** Everything it has printed and logged. */
    public Path log() {
        return folder.resolve("sluice.log");
    }

    /** Its data directory. */
    public Path data() {
        return data(folder);
    }

    /** Its gateway process. */
    public long pid() {
        return process.pid();
    }

    /** Whether its gateway process lives. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Prometheus' text of the node's metrics. */
    public String metrics() throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Waits until everything that was accepted has been executed; each event starts one execution. */
    void awaitExecuted() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + EXECUTED_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            String metrics = metrics();
            if (count(metrics, "sluice_executions_total{outcome=\"completed\"}")
                    >= count(metrics, "sluice_events_total{outcome=\"accepted\"}")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IOException("Sluice did not execute what it accepted; see " + folder.resolve("sluice.log"));
    }

    private static double count(String metrics, String name) {
        return metrics.lines().filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1))).sum();
    }

    @Override
    public void close() {
        process.close();
    }

    private JsonObject post(String path, JsonObject body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                        .header("x-fastn-api-key", credentials.getString("liveKey"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return new JsonObject(answer.body());
    }

    private void awaitReady() throws InterruptedException, IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).build();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        process.close();
        throw new IOException("Sluice did not become ready; see " + folder.resolve("sluice.log"));
    }
}
