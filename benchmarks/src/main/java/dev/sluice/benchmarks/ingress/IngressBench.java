package dev.sluice.benchmarks.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * {@code ./sluice bench ingress}: raw Vert.x POST echo beside our durable 202, in turn, each in a process of its own, with
 * the same events. Ours is measured twice: with executions that queue one behind the other, which is the edge and the
 * journal alone, and with executions that run on the same cores. Sandbox, database and load generator share the machine.
 */
public final class IngressBench {
    private IngressBench() {}

    /** Runs all rounds and prints the table. */
    public static void run(List<String> arguments) throws IOException, InterruptedException, GeneralSecurityException {
        IngressOptions options = IngressOptions.parse(arguments);
        byte[] body = body(options);
        Path folder = Files.createTempDirectory("sluice-bench-");
        int echoPort = SluiceUnderTest.freePort();
        List<LoadResult> echo = new ArrayList<>();
        List<LoadResult> queued = new ArrayList<>();
        List<LoadResult> running = new ArrayList<>();
        System.out.printf("%d connections, %d bytes a body, %s, %d s a round after %d s of warm-up, %d cores%n",
                options.connections(), body.length,
                options.rate() > 0 ? "open loop at " + options.rate() + "/s" : "closed loop",
                options.measured().toSeconds(), options.warmUp().toSeconds(), Runtime.getRuntime().availableProcessors());
        try (ChildJvm echoServer = ChildJvm.start(folder.resolve("echo.log"), Map.of(), EchoServer.class.getName(),
                        Integer.toString(echoPort));
                SluiceUnderTest sluice = SluiceUnderTest.start(folder, Map.of());
                LoadGenerator generator = new LoadGenerator()) {
            Load echoLoad = new Load(echoPort, "/", Map.of(), body, options.connections(), options.rate(), 200);
            Load runningLoad = load(sluice, sluice.createWebhook("bench-running", "parallel"), body, options);
            Load queuedLoad = load(sluice, sluice.createWebhook("bench-queued", "sequential"), body, options);
            for (int round = 1; round <= options.rounds() && echoServer.isAlive(); round++) {
                echo.add(print("echo", round, generator.run(echoLoad, options.warmUp(), options.measured())));
                queued.add(print("202, queued", round, generator.run(queuedLoad, options.warmUp(), options.measured())));
                running.add(print("202, run", round, generator.run(runningLoad, options.warmUp(), options.measured())));
            }
            summary("durable 202, executions queued", echo, queued);
            summary("durable 202, executions run on the same cores", echo, running);
            String metrics = sluice.metrics();
            boolean safe = metrics.lines().anyMatch("sluice_postgres_durable 1.0"::equals);
            System.out.printf("PostgreSQL: fsync %s; logs and data are in %s%n", safe ? "on" : "off", folder);
            metrics.lines()
                    .filter(line -> line.startsWith("sluice_e") && !line.endsWith(" 0.0"))
                    .forEach(System.out::println);
        }
    }

    private static byte[] body(IngressOptions options) throws IOException {
        if (options.body() != null) {
            return Files.readAllBytes(options.body());
        }
        try (InputStream resource = IngressBench.class.getResourceAsStream("order-created.json")) {
            return Objects.requireNonNull(resource).readAllBytes();
        }
    }

    private static LoadResult print(String what, int round, LoadResult result) {
        System.out.printf(Locale.ROOT, "round %d %-11s %9.0f/s  p50 %7.2f ms  p99 %7.2f ms  max %8.2f ms  errors %d%n",
                round, what, result.perSecond(), result.millisAt(50), result.millisAt(99), result.maxMillis(),
                result.errors());
        return result;
    }

    private static Load load(SluiceUnderTest sluice, String webhook, byte[] body, IngressOptions options)
            throws GeneralSecurityException {
        return new Load(sluice.port(), "/hooks/" + webhook,
                Map.of("X-Hub-Signature-256", SluiceUnderTest.signature(body)), body, options.connections(),
                options.rate(), 202);
    }

    private static void summary(String what, List<LoadResult> echo, List<LoadResult> durable) {
        double[] ratios = new double[Math.min(echo.size(), durable.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = durable.get(i).perSecond() / echo.get(i).perSecond();
        }
        Arrays.sort(ratios);
        System.out.printf(Locale.ROOT, "%s / raw echo: median %.2f (%.2f to %.2f over %d rounds)%n", what,
                ratios[ratios.length / 2], ratios[0], ratios[ratios.length - 1], ratios.length);
    }
}
