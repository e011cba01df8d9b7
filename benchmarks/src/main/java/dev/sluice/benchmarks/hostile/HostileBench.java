package dev.sluice.benchmarks.hostile;

import dev.sluice.benchmarks.hostile.check.Findings;
import dev.sluice.benchmarks.hostile.input.Corpora;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code ./sluice bench hostile [requests] [seed]}: sends hostile requests to a node of its own and checks after every batch
 * what must hold. Ends with 1 if something did not.
 */
public final class HostileBench {
    /** A node that cannot go on is replaced so many times. */
    private static final int MAX_NODES = 10;

    private HostileBench() {}

    /** Runs the campaign and prints counts and findings. */
    public static void run(List<String> arguments) throws IOException, InterruptedException {
        CampaignOptions options = CampaignOptions.parse(arguments);
        Path folder = Files.createTempDirectory("sluice-bench-");
        Corpora corpora = Corpora.read();
        System.out.printf("seed %d, %d requests in batches of %d on %d connections; %s%nlogs are below %s%n", options.seed(), options.requests(),
                options.batch(), options.workers(), corpora.describe(), folder);
        Findings findings = new Findings();
        Tally tally = new Tally();
        long since = System.nanoTime();
        int batch = 1;
        for (int nodes = 1; nodes <= MAX_NODES && tally.requests() < options.requests(); nodes++) {
            Path data = Files.createDirectories(folder.resolve("node-" + nodes));
            try (Node node = Node.start(data); Campaign campaign = new Campaign(options, node, corpora, findings, tally)) {
                batch = campaign.run(batch, () -> progress(tally, findings, since));
                print(campaign, tally, Duration.ofNanos(System.nanoTime() - since));
            }
        }
        print(findings, options.seed());
        if (!findings.isEmpty()) {
            System.exit(1);
        }
    }

    private static void progress(Tally tally, Findings findings, long since) {
        long seconds = Duration.ofNanos(System.nanoTime() - since).toSeconds();
        System.out.printf("%7d s %9d requests %5d findings%n", seconds, tally.requests(), findings.total());
    }

    private static void print(Campaign campaign, Tally tally, Duration took) {
        System.out.printf("%n%d requests in %d s (%d a second), %d committed and run (%.0f %%)%n%s%s%n", tally.requests(), took.toSeconds(),
                tally.requests() * 1000 / Math.max(1, took.toMillis()), campaign.ran(), 100.0 * campaign.ran() / Math.max(1, tally.requests()),
                tally.table(), campaign.describe());
    }

    private static void print(Findings findings, long seed) {
        if (findings.isEmpty()) {
            System.out.printf("%neverything held; seed %d%n", seed);
            return;
        }
        System.out.printf("%n%d findings; seed %d%n", findings.total(), seed);
        for (Findings.Sort sort : findings.sorts()) {
            System.out.printf("  %s: %d times, first in %s: %s%n      %s%n", sort.first().invariant().words(), sort.count(),
                    sort.first().where(), sort.first().what(), sort.first().seen());
        }
    }
}
