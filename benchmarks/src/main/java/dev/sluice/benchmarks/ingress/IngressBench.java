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
 * the same events. The events run as they do in production: sandbox, database and load generator share the machine.
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
        List<LoadResult> durable = new ArrayList<>();
        System.out.printf("%d connections, %d bytes a body, %s, %d s a round after %d s of warm-up, %d cores%n",
                options.connections(), body.length,
                options.rate() > 0 ? "open loop at " + options.rate() + "/s" : "closed loop",
                options.measured().toSeconds(), options.warmUp().toSeconds(), Runtime.getRuntime().availableProcessors());
        try (ChildJvm echoServer = ChildJvm.start(folder.resolve("echo.log"), Map.of(), EchoServer.class.getName(),
                        Integer.toString(echoPort));
                SluiceUnderTest sluice = SluiceUnderTest.start(folder, Map.of());
                LoadGenerator generator = new LoadGenerator()) {
            Load echoLoad = new Load(echoPort, "/", Map.of(), body, options.connections(), options.rate(), 200);
            Load sluiceLoad = new Load(sluice.port(), "/hooks/" + sluice.createWebhook(),
                    Map.of("X-Hub-Signature-256", SluiceUnderTest.signature(body)), body, options.connections(),
                    options.rate(), 202);
            for (int round = 1; round <= options.rounds() && echoServer.isAlive(); round++) {
                echo.add(print("echo", round, generator.run(echoLoad, options.warmUp(), options.measured())));
                durable.add(print("202", round, generator.run(sluiceLoad, options.warmUp(), options.measured())));
            }
            summary(echo, durable);
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
        System.out.printf(Locale.ROOT, "round %d %-5s %9.0f/s  p50 %7.2f ms  p99 %7.2f ms  max %8.2f ms  errors %d%n",
                round, what, result.perSecond(), result.millisAt(50), result.millisAt(99), result.maxMillis(),
                result.errors());
        return result;
    }

    private static void summary(List<LoadResult> echo, List<LoadResult> durable) {
        double[] ratios = new double[Math.min(echo.size(), durable.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = durable.get(i).perSecond() / echo.get(i).perSecond();
        }
        Arrays.sort(ratios);
        System.out.printf(Locale.ROOT, "durable 202 / raw echo: median %.2f (%.2f to %.2f over %d rounds)%n",
                ratios[ratios.length / 2], ratios[0], ratios[ratios.length - 1], ratios.length);
    }
}
