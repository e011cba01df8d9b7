package dev.sluice.benchmarks.hostile;

import dev.sluice.benchmarks.hostile.check.ApiClient;
import dev.sluice.benchmarks.hostile.check.Batch;
import dev.sluice.benchmarks.hostile.check.Check;
import dev.sluice.benchmarks.hostile.check.EndingsCheck;
import dev.sluice.benchmarks.hostile.check.Findings;
import dev.sluice.benchmarks.hostile.check.GoodTenant;
import dev.sluice.benchmarks.hostile.check.HeapCheck;
import dev.sluice.benchmarks.hostile.check.Invariant;
import dev.sluice.benchmarks.hostile.check.LogCheck;
import dev.sluice.benchmarks.hostile.check.QuotaCheck;
import dev.sluice.benchmarks.hostile.check.ReadBackCheck;
import dev.sluice.benchmarks.hostile.input.Attacker;
import dev.sluice.benchmarks.hostile.input.Batches;
import dev.sluice.benchmarks.hostile.input.Corpora;
import dev.sluice.benchmarks.hostile.input.Hook;
import dev.sluice.benchmarks.hostile.input.Shot;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Attacks one node, batch after batch, until all requests are sent or the node cannot go on. */
final class Campaign implements AutoCloseable {
    private static final int ATTACKERS = 2;
    /** Without these the next batch would say nothing new. */
    private static final Set<Invariant> FATAL = Set.of(Invariant.ALIVE, Invariant.ENDED);
    private static final int HEAP_SAMPLES = 40;
    private static final Duration FURNISHING = Duration.ofSeconds(30);
    private static final double NO_LINGERING_AFTER = 0.5;

    private final CampaignOptions options;
    private final Node node;
    private final Findings findings;
    private final Tally tally;
    private final GoodTenant good;
    private final HeapCheck heap;
    private final Batches batches;
    private final Volley volley;
    private final List<ApiClient> clients = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<QuotaCheck> quotas = new ArrayList<>();
    private final long fatalBefore;
    private long ran;
    private long slowestPauseMicros;

    /** Furnishes the node for an attack. */
    Campaign(CampaignOptions options, Node node, Corpora corpora, Findings findings, Tally tally) throws IOException, InterruptedException {
        this.options = options;
        this.node = node;
        this.findings = findings;
        this.tally = tally;
        this.fatalBefore = findings.count(FATAL);
        ApiClient first = client(node.liveKey(), FURNISHING);
        good = new GoodTenant(client(node.liveKey(), options.bounds().answer()),
                Scene.good(first), options.bounds(), findings);
        heap = new HeapCheck(() -> HeapCheck.collected(node.pid(), first));
        List<Attacker> attackers = new ArrayList<>();
        checks.add(new LogCheck(node.log()));
        for (int i = 0; i < ATTACKERS; i++) {
            attackers.add(attacker(i));
        }
        batches = new Batches(options.seed(), corpora, attackers, options.hogs());
        volley = new Volley(options.workers(), new Gun.Context(node.port(), options.bounds(), options.tampering(), findings, tally, this::unanswered));
        good.start(first, options.usualCalls());
    }

    private Attacker attacker(int tenant) throws IOException, InterruptedException {
        String key = node.newOrganization();
        ApiClient patient = client(key, FURNISHING);
        awaitKnown(patient);
        Attacker attacker = Scene.attacker(patient, tenant, key);
        ApiClient api = client(key, options.bounds().answer());
        QuotaCheck quota = new QuotaCheck(attacker, api);
        quotas.add(quota);
        checks.add(new EndingsCheck(attacker, api, options.bounds()));
        checks.add(new ReadBackCheck(attacker, api));
        checks.add(quota);
        return attacker;
    }

    private ApiClient client(String key, Duration limit) {
        ApiClient client = new ApiClient(node.port(), key, options.tampering(), limit);
        clients.add(client);
        return client;
    }

    /** The node hears of a new organization from the database. */
    private static void awaitKnown(ApiClient api) throws IOException, InterruptedException {
        while (api.get("/customers").status() != 200) {
            Thread.sleep(20);
        }
    }

    private void unanswered(Hook hook) {
        if (hook.customer() != null) {
            quotas.get(hook.tenant()).unanswered(hook.customer());
        }
    }

    /** Sends batches from a number on, and says so after each; answers the number of the next one. */
    int run(int firstBatch, Runnable afterEach) throws IOException, InterruptedException {
        int number = firstBatch;
        long heapEvery = Math.max(1, options.requests() / options.batch() / HEAP_SAMPLES);
        while (tally.requests() < options.requests() && !isOver()) {
            boolean lingering = options.lingering() && tally.requests() <= options.requests() * NO_LINGERING_AFTER;
            batch(number, (int) Math.min(options.batch(), options.requests() - tally.requests()), lingering);
            if (options.heap() && number % heapEvery == 0 && node.isAlive()) {
                heap.sample();
            }
            number++;
            afterEach.run();
        }
        if (!isOver()) {
            volley.awaitLingering();
            heap.judge(findings);
        }
        return number;
    }

    /** Sends one batch and checks everything after it. */
    void batch(int number, int requests, boolean lingering) throws InterruptedException {
        Batch batch = new Batch(number);
        List<Shot> shots = batches.draw(number, requests, lingering);
        good.begin(batch.number());
        volley.fire(shots, batch);
        if (!node.isAlive()) {
            findings.add(Invariant.ALIVE, "the gateway's process has ended", "", "batch " + batch.number());
            return;
        }
        for (Check check : checks) {
            try {
                check.check(batch, findings);
            } catch (IOException e) {
                findings.add(Invariant.READABLE, check.getClass().getSimpleName() + " cannot look", String.valueOf(e.getMessage()), "batch " + batch.number());
            }
            if (isOver()) {
                return;
            }
        }
        double pause = good.pause();
        slowestPauseMicros = Math.max(slowestPauseMicros, (long) Math.min(1e9, pause * 1000));
        ran += batch.ran();
    }

    private boolean isOver() {
        return findings.count(FATAL) > fatalBefore;
    }

    /** Events that were committed and run. */
    long ran() {
        return ran;
    }

    /** What the good tenant's 99th percentile usually is. */
    double usualMillis() {
        return good.usualMillis();
    }

    /** What the good tenant and the heap saw. */
    String describe() {
        return "good tenant: %s; slowest 99th percentile of a pause %.1f ms%n%s".formatted(good.describe(), slowestPauseMicros / 1000.0,
                options.heap() ? heap.describe() : "heap: not looked at");
    }

    @Override
    public void close() {
        good.close();
        volley.close();
        clients.forEach(ApiClient::close);
    }
}
