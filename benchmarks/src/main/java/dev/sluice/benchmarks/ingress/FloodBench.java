package dev.sluice.benchmarks.ingress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleBiFunction;

/**
 * {@code ./sluice bench flood}: how fast a hard-blocked customer's events are refused, beside a raw Vert.x POST echo under
 * the same load, and what another customer notices of it: its 99th percentile while the flood lasts and without.
 */
public final class FloodBench {
    private static final double NEIGHBOUR_EVENTS_PER_SECOND = 200;
    private static final int NEIGHBOUR_CONNECTIONS = 8;
    private static final long UNREACHED = 1_000_000_000_000L;

    private FloodBench() {}

    /** Runs all rounds and prints the table. */
    public static void run(List<String> arguments) throws IOException, InterruptedException, GeneralSecurityException {
        IngressOptions options = IngressOptions.parse(arguments);
        byte[] body = IngressBench.body(options);
        Path folder = Files.createTempDirectory("sluice-bench-");
        int echoPort = SluiceUnderTest.freePort();
        List<LoadResult> echo = new ArrayList<>();
        List<LoadResult> refused = new ArrayList<>();
        List<LoadResult> flood = new ArrayList<>();
        List<LoadResult> alone = new ArrayList<>();
        List<LoadResult> flooded = new ArrayList<>();
        System.out.printf("%d connections, closed loop; a neighbour with %.0f events/s on %d connections, open loop; %d cores%n",
                options.connections(), NEIGHBOUR_EVENTS_PER_SECOND, NEIGHBOUR_CONNECTIONS,
                Runtime.getRuntime().availableProcessors());
        try (ChildJvm echoServer = EchoServer.start(folder, echoPort);
                SluiceUnderTest sluice = SluiceUnderTest.start(folder, Map.of());
                LoadGenerator flooding = new LoadGenerator();
                LoadGenerator neighbour = new LoadGenerator()) {
            Load echoLoad = new Load(echoPort, "/", Map.of(), body, options.connections(), 0, 200);
            Load floodLoad = IngressBench.load(sluice, sluice.createWebhook("blocked", 1), body, options, 429);
            Load events = IngressBench.load(sluice, sluice.createWebhook("neighbour", UNREACHED), body, options, 202);
            Load neighbourLoad = new Load(events.port(), events.path(), events.headers(), body, NEIGHBOUR_CONNECTIONS,
                    NEIGHBOUR_EVENTS_PER_SECOND, 202);
            for (int round = 1; round <= options.rounds() && echoServer.isAlive(); round++) {
                echo.add(print("echo", round, flooding.run(echoLoad, options.warmUp(), options.measured())));
                refused.add(print("429", round, flooding.run(floodLoad, options.warmUp(), options.measured())));
                alone.add(print("alone", round, neighbour.run(neighbourLoad, options.warmUp(), options.measured())));
                CompletableFuture<LoadResult> beside = CompletableFuture.supplyAsync(
                        () -> neighbour.run(neighbourLoad, options.warmUp(), options.measured()));
                flood.add(print("429, beside", round, flooding.run(floodLoad, options.warmUp(), options.measured())));
                flooded.add(print("beside", round, beside.join()));
            }
            summary("refusals a second / raw echo", echo, refused, (a, b) -> b.perSecond() / a.perSecond());
            summary("refusals a second while the neighbour's events are accepted and executed / raw echo", echo, flood,
                    (a, b) -> b.perSecond() / a.perSecond());
            summary("the neighbour's p99 beside the flood / alone", alone, flooded,
                    (a, b) -> b.millisAt(99) / a.millisAt(99));
        }
    }

    private static LoadResult print(String what, int round, LoadResult result) {
        return IngressBench.print(what, round, result);
    }

    private static void summary(String what, List<LoadResult> base, List<LoadResult> measured,
            ToDoubleBiFunction<LoadResult, LoadResult> ratio) {
        double[] ratios = new double[Math.min(base.size(), measured.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ratio.applyAsDouble(base.get(i), measured.get(i));
        }
        System.out.printf(Locale.ROOT, "%s: %s%n", what, Spread.of(ratios));
    }
}
