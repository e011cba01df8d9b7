package dev.sluice.benchmarks.hostile.check;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Iterator;
import java.util.stream.DoubleStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A heap that grows is told from one that only starts small. */
class HeapCheckTest {
    private static final double MIB = 1 << 20;

    @Test
    void aHeapThatGrowsIsFound() throws IOException, InterruptedException {
        assertThat(judged(60, 80, 85, 88, 90, 94, 97, 99).broken()).containsExactly(Invariant.HEAP);
    }

    @Test
    void aHeapThatOnlyStartsSmallIsNot() throws IOException, InterruptedException {
        assertThat(judged(40, 70, 86, 85, 88, 87, 90, 89).isEmpty()).isTrue();
    }

    private static Findings judged(double... mebibytes) throws IOException, InterruptedException {
        Iterator<Double> held = DoubleStream.of(mebibytes).map(one -> one * MIB).iterator();
        HeapCheck check = new HeapCheck(held::next);
        for (int i = 0; i < mebibytes.length; i++) {
            check.sample();
        }
        Findings findings = new Findings();
        check.judge(findings);
        return findings;
    }
}
