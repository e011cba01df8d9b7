package dev.sluice.benchmarks.hostile.check;

import dev.sluice.benchmarks.hostile.wire.Answer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The gateway's heap after a collection; in the last quarter of a campaign it is what it was in the second. */
public final class HeapCheck {
    private static final double MOST = 1.1;
    private static final double MIB = 1 << 20;
    private static final int QUARTERS = 4;

    private final Heap heap;
    private final List<Double> samples = new ArrayList<>();

    /** What a heap holds. */
    @FunctionalInterface
    public interface Heap {
        /** Bytes in use once it has been collected. */
        double collected() throws IOException, InterruptedException;
    }

    /** The check of a heap. */
    public HeapCheck(Heap heap) {
        this.heap = heap;
    }

    /** Collects, and notes what is left. */
    public void sample() throws IOException, InterruptedException {
        samples.add(heap.collected() / MIB);
    }

    /** The heap of a process whose metrics the client reads. */
    public static double collected(long pid, ApiClient api) throws IOException, InterruptedException {
        Process collecting = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), "GC.run")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (collecting.waitFor() != 0) {
            throw new IOException("jcmd cannot reach the process " + pid);
        }
        Answer metrics = api.send("GET", "/metrics", "");
        return metrics.text().lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    /** Compares the quarters' means, once all samples are taken. */
    public void judge(Findings findings) {
        if (samples.size() < QUARTERS * 2) {
            return;
        }
        double second = mean(1);
        double last = mean(QUARTERS - 1);
        if (last > second * MOST) {
            findings.add(Invariant.HEAP, "the heap has grown", "after a collection it holds %.1f MiB in the last quarter, %.1f MiB in the second".formatted(
                    last, second), "the whole campaign");
        }
    }

    /** The quarters' means. */
    public String describe() {
        return samples.size() < QUARTERS * 2
                ? "heap: too few batches to compare quarters"
                : String.format(Locale.ROOT, "heap after a collection, by quarters: %.1f, %.1f, %.1f, %.1f MiB", mean(0), mean(1), mean(2), mean(3));
    }

    private double mean(int quarter) {
        return samples.subList(samples.size() * quarter / QUARTERS, samples.size() * (quarter + 1) / QUARTERS)
                .stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
