package dev.sluice.benchmarks.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * {@code ./sluice bench ingress}: raw Vert.x POST echo beside our durable 202, in turn, each in a process of its own, with
 * the same events. Ours is measured twice: on a node that leaves executions to other nodes, which is the edge and the
 * journal, and on one that runs them on the same cores. The second is started when the first has ended, for what a
 * database has still to write would cost the other. Sandbox, database and load generator share the machine.
 */
public final class IngressBench {
    private final IngressOptions options;
    private final byte[] body;
    private final LoadGenerator generator;
    private final Load echoLoad;

    private IngressBench(IngressOptions options, byte[] body, LoadGenerator generator, int echoPort) {
        this.options = options;
        this.body = body;
        this.generator = generator;
        this.echoLoad = new Load(echoPort, "/", Map.of(), body, options.connections(), options.rate(), 200);
    }

    /** Runs all rounds and prints the table. */
    public static void run(List<String> arguments) throws IOException, InterruptedException, GeneralSecurityException {
        IngressOptions options = IngressOptions.parse(arguments);
        byte[] body = body(options);
        Path folder = Files.createTempDirectory("sluice-bench-");
        int echoPort = SluiceUnderTest.freePort();
        System.out.printf("%d connections, %d bytes a body, %s, %d s a round after %d s of warm-up (the first after %d), %d cores%n",
                options.connections(), body.length,
                options.rate() > 0 ? "open loop at " + options.rate() + "/s" : "closed loop",
                options.measured().toSeconds(), options.warmUp().toSeconds(), options.firstWarmUp().toSeconds(), Runtime.getRuntime().availableProcessors());
        try (ChildJvm echoServer = EchoServer.start(folder, echoPort);
                LoadGenerator generator = new LoadGenerator()) {
            IngressBench bench = new IngressBench(options, body, generator, echoPort);
            try (SluiceUnderTest atFirst = SluiceUnderTest.start(folder.resolve("edge"), Map.of())) {
                String hook = atFirst.createWebhook("bench", SluiceUnderTest.UNREACHED);
                try (SluiceUnderTest edge = atFirst.restartWithoutSandbox()) {
                    bench.rounds("202, edge", "durable 202, executions left to other nodes", edge, hook, false);
                }
            }
            try (SluiceUnderTest whole = SluiceUnderTest.start(folder.resolve("whole"), Map.of())) {
                String hook = whole.createWebhook("bench", SluiceUnderTest.UNREACHED);
                bench.rounds("202, run", "durable 202, executions run on the same cores", whole, hook, true);
            }
            if (!echoServer.isAlive()) {
                throw new IOException("the echo server has ended; see " + folder);
            }
        }
        System.out.println("logs and data are in " + folder);
    }

    private void rounds(String name, String what, SluiceUnderTest sluice, String hook, boolean executes)
            throws IOException, InterruptedException, GeneralSecurityException {
        Load load = load(sluice, hook, body, options, 202);
        List<LoadResult> echo = new ArrayList<>();
        List<LoadResult> durable = new ArrayList<>();
        for (int round = 1; round <= options.rounds(); round++) {
            Duration warmUp = round == 1 ? options.firstWarmUp() : options.warmUp();
            echo.add(print("echo", round, generator.run(echoLoad, warmUp, options.measured())));
            durable.add(print(name, round, generator.run(load, warmUp, options.measured())));
            if (executes) {
                // What it has accepted and not run yet would run during the next round's echo.
                sluice.awaitExecuted();
            }
        }
        System.out.printf("%s / raw echo: %s%n", what, Spread.ofRatios(echo, durable, LoadResult::perSecond));
        report(sluice);
    }

    private static void report(SluiceUnderTest sluice) throws IOException, InterruptedException {
        String metrics = sluice.metrics();
        boolean safe = metrics.lines().anyMatch("sluice_postgres_durable 1.0"::equals);
        System.out.printf("PostgreSQL: fsync %s; %s%n", safe ? "on" : "off", metrics.lines()
                .filter(line -> line.startsWith("sluice_e") && !line.endsWith(" 0.0"))
                .collect(Collectors.joining(", ")));
    }

    static byte[] body(IngressOptions options) throws IOException {
        if (options.body() != null) {
            return Files.readAllBytes(options.body());
        }
        try (InputStream resource = IngressBench.class.getResourceAsStream("order-created.json")) {
            return Objects.requireNonNull(resource).readAllBytes();
        }
    }

    static LoadResult print(String what, int round, LoadResult result) {
        System.out.printf(Locale.ROOT, "round %d %-11s %9.0f/s  p50 %7.2f ms  p99 %7.2f ms  max %8.2f ms  errors %d%n",
                round, what, result.perSecond(), result.millisAt(50), result.millisAt(99), result.maxMillis(),
                result.errors());
        return result;
    }

    static Load load(SluiceUnderTest sluice, String webhook, byte[] body, IngressOptions options, int expectedStatus)
            throws GeneralSecurityException {
        return new Load(sluice.port(), "/hooks/" + webhook,
                Map.of("X-Hub-Signature-256", SluiceUnderTest.signature(body)), body, options.connections(),
                options.rate(), expectedStatus);
    }
}
