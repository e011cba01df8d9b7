package dev.sluice.benchmarks.hostile.check;

import dev.sluice.benchmarks.hostile.wire.Answer;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.time.Duration;

/** A tenant that does nothing odd: it calls its Instant webhook all the time, and its calls are timed. */
public final class GoodTenant implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(15);
    private static final int PAUSE_CALLS = 100;
    private static final double PERCENTILE = 99;
    private static final int ROUNDS = 3;
    /** Below this, a doubled time says more of the machine than of the node. */
    private static final double LEAST_USUAL_MILLIS = 5;

    private final ApiClient api;
    private final String path;
    private final Bounds bounds;
    private final Findings findings;
    private volatile boolean stopped;
    private volatile boolean paused = true;
    private volatile String where = "";
    private double usualMillis = Double.MAX_VALUE;
    private long calls;
    private long refused;
    private double slowestMillis;

    /** One that is not calling yet. */
    public GoodTenant(ApiClient api, String webhook, Bounds bounds, Findings findings) {
        this.api = api;
        this.path = "/hooks/" + webhook;
        this.bounds = bounds;
        this.findings = findings;
    }

    /**
     * Measures what it usually takes, and begins to call; calls are only counted between batches' beginnings and ends.
     *
     * @param patient waits longer: a node that has just started is not what is usual
     */
    public Thread start(ApiClient patient, int usualCalls) throws IOException, InterruptedException {
        measure(patient, usualCalls);
        usualMillis = Math.max(LEAST_USUAL_MILLIS, measure(api, usualCalls));
        return Thread.ofVirtual().name("good tenant").start(this::callOn);
    }

    /** Its usual 99th percentile. */
    public double usualMillis() {
        return usualMillis;
    }

    /** A batch begins. */
    public void begin(int batch) {
        where = "batch " + batch;
        paused = false;
    }

    /** The batch is over; its calls must soon take what they usually do. */
    public synchronized double pause() throws InterruptedException {
        paused = true;
        double best = Double.MAX_VALUE;
        try {
            for (int round = 0; round < ROUNDS && best > bounds.pauseFactor() * usualMillis; round++) {
                best = Math.min(best, measure(api, PAUSE_CALLS));
            }
            if (best > bounds.pauseFactor() * usualMillis) {
                findings.add(Invariant.GOOD_TENANT, "it is slow in the pause after a batch", "99th percentile %.1f ms, usually %.1f ms".formatted(
                        best, usualMillis), where);
            }
        } catch (IOException e) {
            findings.add(Invariant.GOOD_TENANT, "it is not served in the pause after a batch", String.valueOf(e.getMessage()), where);
        }
        return best;
    }

    /** How it was served. */
    public synchronized String describe() {
        return "%d calls while batches ran, the slowest took %.0f ms, %d were refused with 503; usual 99th percentile %.1f ms".formatted(
                calls, slowestMillis, refused, usualMillis);
    }

    private double measure(ApiClient caller, int count) throws IOException, InterruptedException {
        Histogram nanos = new Histogram(3);
        for (int i = 0; i < count; i++) {
            long since = System.nanoTime();
            Answer answer = call(caller, i);
            if (answer.status() != 200) {
                throw new IOException("it is answered " + answer.status() + ": " + answer.text());
            }
            nanos.recordValue(System.nanoTime() - since);
        }
        return nanos.getValueAtPercentile(PERCENTILE) / 1e6;
    }

    private Answer call(ApiClient caller, long number) throws IOException, InterruptedException {
        return caller.send("POST", path, "{\"a\":" + number + ",\"b\":1}");
    }

    private void callOn() {
        try {
            while (!stopped) {
                if (!paused) {
                    callOnce();
                }
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void callOnce() throws InterruptedException {
        long since = System.nanoTime();
        try {
            Answer answer = call(api, calls);
            slowestMillis = Math.max(slowestMillis, (System.nanoTime() - since) / 1e6);
            if (answer.status() == 503) {
                refused++;
            } else if (answer.status() != 200 || !answer.text().equals("{\"sum\":" + (calls + 1) + "}")) {
                findings.add(Invariant.GOOD_TENANT, "it is answered " + answer.status(), answer.text(), where);
            }
        } catch (IOException e) {
            findings.add(Invariant.GOOD_TENANT, "it is not answered", String.valueOf(e.getMessage()), where);
        }
        calls++;
    }

    @Override
    public void close() {
        stopped = true;
        api.close();
    }
}
