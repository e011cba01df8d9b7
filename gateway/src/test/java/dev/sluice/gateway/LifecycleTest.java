package dev.sluice.gateway;

import dev.sluice.config.testing.ExpectsLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

class LifecycleTest {
    private static final Duration SOON = Duration.ofMillis(50);

    private final Lifecycle lifecycle = new Lifecycle();
    private final List<String> stopped = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        end.countDown();
    }

    @Test
    @ExpectsLog("failing did not stop cleanly")
    void partsStopInReverseOrderWhateverBecomesOfOne() {
        lifecycle.add("first", () -> stopped.add("first"));
        lifecycle.add("failing", () -> {
            throw new IllegalStateException("cannot stop");
        });
        lifecycle.add("last", () -> stopped.add("last"));

        lifecycle.close();

        assertThat(stopped).containsExactly("last", "first");
    }

    @Test
    void aPartThatHangsIsLeftBehindWhenItsTimeIsUp() {
        lifecycle.add("first", () -> stopped.add("first"));
        lifecycle.add("hanging", () -> {
            end.await();
            stopped.add("hanging");
        }, SOON);

        lifecycle.close();

        assertThat(stopped).containsExactly("first");
    }

    @Test
    void anInterruptDoesNotCutTheEndShort() {
        lifecycle.add("slow", () -> {
            Thread.sleep(SOON);
            stopped.add("slow");
        });
        Thread.currentThread().interrupt();

        lifecycle.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped).containsExactly("slow");
    }
}
