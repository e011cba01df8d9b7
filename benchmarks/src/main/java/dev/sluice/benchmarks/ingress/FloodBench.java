package dev.sluice.benchmarks.ingress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * {@code ./sluice bench flood}: how fast a hard-blocked customer's events are refused, beside a raw Vert.x POST echo under
 * the same load, and what another customer notices of it: its 99th percentile while the flood lasts and without. As a
 * control, the same while the flood goes to the echo, a process of its own: what the shared cores alone cost.
 *
 * <p>Each sender is a process, and competes for the cores. {@code --niceness 19} gives the one that floods, for echo and
 * product alike, only what nobody else wants: other machines do not take the cores of the node they flood.
 */
public final class FloodBench {
    private static final double NEIGHBOUR_EVENTS_PER_SECOND = 200;
    private static final int NEIGHBOUR_CONNECTIONS = 8;
    private static final Path NICE = Path.of("/usr/bin/nice");

    /** The sandbox compiles for so long on two cores before its figures mean anything. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private static final Duration SETTLING_FLOOD = Duration.ofSeconds(3);
    private static final Duration UNMEASURED = Duration.ofMillis(10);

    private final IngressOptions options;
    private final LoadProcess flooding;
    private final LoadProcess neighbour;
    private final Load neighbourLoad;

    private FloodBench(IngressOptions options, LoadProcess flooding, LoadProcess neighbour, Load neighbourLoad) {
        this.options = options;
        this.flooding = flooding;
        this.neighbour = neighbour;
        this.neighbourLoad = neighbourLoad;
    }

    private record Beside(LoadResult flood, LoadResult neighbour) {}

    /** Runs all rounds and prints the table. */
    public static void run(List<String> arguments) throws IOException, InterruptedException, GeneralSecurityException {
        IngressOptions options = IngressOptions.parse(arguments);
        byte[] body = IngressBench.body(options);
        Path folder = Files.createTempDirectory("sluice-bench-");
        int echoPort = SluiceUnderTest.freePort();
        List<String> nice = Files.isExecutable(NICE)
                ? List.of(NICE.toString(), "-n", Integer.toString(options.niceness()))
                : List.of();
        System.out.printf("%d connections, closed loop, niceness %s; a neighbour with %.0f events/s on %d connections, open loop; %d cores%n",
                options.connections(), nice.isEmpty() ? "0" : nice.getLast(), NEIGHBOUR_EVENTS_PER_SECOND,
                NEIGHBOUR_CONNECTIONS, Runtime.getRuntime().availableProcessors());
        try (ChildJvm echoServer = EchoServer.start(folder, echoPort);
                SluiceUnderTest sluice = SluiceUnderTest.start(folder, Map.of());
                LoadProcess flooding = LoadProcess.start(folder.resolve("flood.log"), nice);
                LoadProcess neighbour = LoadProcess.start(folder.resolve("neighbour.log"), List.of())) {
            Load echoLoad = new Load(echoPort, "/", Map.of(), body, options.connections(), 0, 200);
            Load floodLoad = IngressBench.load(sluice, sluice.createWebhook("blocked", 1), body, options, 429);
            Load events = IngressBench.load(
                    sluice, sluice.createWebhook("neighbour", SluiceUnderTest.UNREACHED), body, options, 202);
            Load neighbourLoad = new Load(events.port(), events.path(), events.headers(), body, NEIGHBOUR_CONNECTIONS,
                    NEIGHBOUR_EVENTS_PER_SECOND, 202);
            neighbour.run(events, SETTLING, UNMEASURED);
            sluice.awaitExecuted();
            flooding.run(floodLoad, SETTLING_FLOOD, UNMEASURED);
            flooding.run(echoLoad, SETTLING_FLOOD, UNMEASURED);
            new FloodBench(options, flooding, neighbour, neighbourLoad).rounds(echoServer, echoLoad, floodLoad);
        }
    }

    private void rounds(ChildJvm echoServer, Load echoLoad, Load floodLoad) {
        List<LoadResult> echo = new ArrayList<>();
        List<LoadResult> refused = new ArrayList<>();
        List<LoadResult> alone = new ArrayList<>();
        List<Beside> flooded = new ArrayList<>();
        List<Beside> control = new ArrayList<>();
        for (int round = 1; round <= options.rounds() && echoServer.isAlive(); round++) {
            echo.add(IngressBench.print("echo", round, flooding.run(echoLoad, options.warmUp(), options.measured())));
            refused.add(IngressBench.print("429", round, flooding.run(floodLoad, options.warmUp(), options.measured())));
            alone.add(IngressBench.print("alone", round, neighbour.run(neighbourLoad, options.warmUp(), options.measured())));
            flooded.add(beside(round, "429", floodLoad));
            control.add(beside(round, "echo", echoLoad));
        }
        System.out.printf("refusals a second / raw echo: %s%n", Spread.ofRatios(echo, refused, LoadResult::perSecond));
        System.out.printf("the same, both while the neighbour's events are accepted and executed: %s%n",
                Spread.ofRatios(floods(control), floods(flooded), LoadResult::perSecond));
        System.out.printf("the neighbour's p99 beside the flood / alone: %s%n",
                Spread.ofRatios(alone, neighbours(flooded), result -> result.millisAt(99)));
        System.out.printf("control, its p99 while the echo is flooded instead / alone: %s%n",
                Spread.ofRatios(alone, neighbours(control), result -> result.millisAt(99)));
    }

    private Beside beside(int round, String what, Load flood) {
        CompletableFuture<LoadResult> events = CompletableFuture.supplyAsync(
                () -> neighbour.run(neighbourLoad, options.warmUp(), options.measured()));
        LoadResult flooded = flooding.run(flood, options.warmUp(), options.measured());
        IngressBench.print(what + ", beside", round, flooded);
        return new Beside(flooded, IngressBench.print("by " + what, round, events.join()));
    }

    private static List<LoadResult> floods(List<Beside> rounds) {
        return rounds.stream().map(Beside::flood).toList();
    }

    private static List<LoadResult> neighbours(List<Beside> rounds) {
        return rounds.stream().map(Beside::neighbour).toList();
    }
}
