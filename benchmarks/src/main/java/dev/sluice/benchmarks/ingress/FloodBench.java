package dev.sluice.benchmarks.ingress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * {@code ./sluice bench flood}: how fast a hard-blocked customer's events are refused, beside a raw Vert.x POST echo under
 * the same load, and what another customer notices of it: its 99th percentile while the flood lasts and without.
 */
public final class FloodBench {
    private static final double NEIGHBOUR_EVENTS_PER_SECOND = 200;
    private static final int NEIGHBOUR_CONNECTIONS = 8;

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
            Load events = IngressBench.load(sluice, sluice.createWebhook("neighbour", SluiceUnderTest.UNREACHED), body, options, 202);
            Load neighbourLoad = new Load(events.port(), events.path(), events.headers(), body, NEIGHBOUR_CONNECTIONS,
                    NEIGHBOUR_EVENTS_PER_SECOND, 202);
            for (int round = 1; round <= options.rounds() && echoServer.isAlive(); round++) {
                echo.add(IngressBench.print("echo", round, flooding.run(echoLoad, options.warmUp(), options.measured())));
                refused.add(IngressBench.print("429", round, flooding.run(floodLoad, options.warmUp(), options.measured())));
                alone.add(IngressBench.print("alone", round, neighbour.run(neighbourLoad, options.warmUp(), options.measured())));
                CompletableFuture<LoadResult> beside = CompletableFuture.supplyAsync(
                        () -> neighbour.run(neighbourLoad, options.warmUp(), options.measured()));
                flood.add(IngressBench.print("429, beside", round, flooding.run(floodLoad, options.warmUp(), options.measured())));
                flooded.add(IngressBench.print("beside", round, beside.join()));
            }
            System.out.printf("refusals a second / raw echo: %s%n",
                    Spread.ofRatios(echo, refused, LoadResult::perSecond));
            System.out.printf("the same while the neighbour's events are accepted and executed: %s%n",
                    Spread.ofRatios(echo, flood, LoadResult::perSecond));
            System.out.printf("the neighbour's p99 beside the flood / alone: %s%n",
                    Spread.ofRatios(alone, flooded, result -> result.millisAt(99)));
        }
    }
}
