package dev.sluice.quota;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes as another does, apart from what a test adds. */
public final class TestClock implements InstantSource {
    private final InstantSource base;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private TestClock(InstantSource base) {
        this.base = base;
    }

    /** A clock that stands still. */
    public static TestClock at(String instant) {
        return new TestClock(InstantSource.fixed(Instant.parse(instant)));
    }

    /** The real time, so much ahead. */
    public static TestClock real(Duration ahead) {
        TestClock clock = new TestClock(InstantSource.system());
        clock.advance(ahead);
        return clock;
    }

    public void advance(Duration by) {
        ahead.updateAndGet(by::plus);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }
}
