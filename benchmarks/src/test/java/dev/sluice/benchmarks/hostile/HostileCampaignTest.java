package dev.sluice.benchmarks.hostile;

import dev.sluice.benchmarks.hostile.check.Bounds;
import dev.sluice.benchmarks.hostile.check.Findings;
import dev.sluice.benchmarks.hostile.check.Invariant;
import dev.sluice.benchmarks.hostile.input.Corpora;
import dev.sluice.benchmarks.hostile.wire.Tampering;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A short campaign against a node of its own; and that the campaign finds what it is for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCampaignTest {
    private static final long SEED = 20_261_128;
    private static final int REQUESTS = 20_000;
    private static final int CONTROL = 150;
    /** Of so many calls one is late, which is enough for a 99th percentile. */
    private static final int SOME = 20;
    private static final Bounds BOUNDS = new Bounds(Duration.ofSeconds(2), Duration.ofSeconds(35), Duration.ofSeconds(30), 2);

    private final Findings findings = new Findings();
    private final Tally tally = new Tally();
    private volatile Tampering tampering = Tampering.NONE;
    private int nextBatch = 1;
    private Node node;
    private Campaign campaign;

    @SuppressWarnings("NullAway.Init") // set before the first test
    HostileCampaignTest() {}

    @BeforeAll
    void start() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "hostile")).toAbsolutePath();
        node = Node.start(Files.createTempDirectory(folder, "node-"));
        campaign = new Campaign(new CampaignOptions(REQUESTS, SEED, 2_500, 16, 150, false, true, true, BOUNDS,
                (requestLine, answer) -> tampering.change(requestLine, answer)), node, Corpora.read(), findings, tally);
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        campaign.close();
        node.close();
    }

    @Test
    void everythingHoldsWhateverIsSent() throws IOException, InterruptedException {
        nextBatch = campaign.run(nextBatch, () -> { });
        System.out.printf("seed %d, %d requests, %d committed and run%n%s%s%n", SEED, tally.requests(), campaign.ran(), tally.table(), campaign.describe());
        assertThat(findings.sorts()).as("seed %d", SEED).isEmpty();
        assertThat(campaign.ran()).as("committed and run of %d", tally.requests()).isGreaterThan(tally.requests() * 3 / 10);
    }

    @Test
    void whereNothingIsPlantedNothingIsFound() throws InterruptedException {
        assertThat(found(Tampering.NONE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedFaultIsFound(PlantedFault fault) throws InterruptedException {
        assertThat(found(fault.planted())).contains(fault.breaks());
    }

    @Test
    void aLineAtErrorIsFound() throws InterruptedException {
        assertThat(found((requestLine, answer) -> {
            writeToLog("2026-01-31T12:00:00.000+00:00 ERROR Planted: a line that nobody foresaw\n");
            return answer;
        })).contains(Invariant.LOG);
    }

    @Test
    void aGoodTenantThatWaitsIsFound() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        assertThat(found((requestLine, answer) -> {
            if (answer.text().startsWith("{\"sum\":") && calls.getAndIncrement() % SOME == 0) {
                Thread.sleep(Duration.ofMillis((long) (campaign.usualMillis() * 3)));
            }
            return answer;
        })).contains(Invariant.GOOD_TENANT);
    }

    /** What a batch finds while its answers are tampered with. */
    private Iterable<Invariant> found(Tampering planted) throws InterruptedException {
        findings.clear();
        tampering = planted;
        try {
            campaign.batch(nextBatch++, CONTROL, false);
            return findings.broken();
        } finally {
            tampering = Tampering.NONE;
            findings.clear();
        }
    }

    private void writeToLog(String line) {
        try {
            Files.writeString(node.log(), line, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
