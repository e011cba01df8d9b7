package dev.sluice.config.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class OutageTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(OutageTest.class);
    private static final Duration QUARTER = Duration.ofMillis(250);

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private long now = Long.MAX_VALUE - 1;
    private final Outage outage = new Outage(LOG, "nothing can be claimed", () -> now);

    @BeforeEach
    void listen() {
        logged.start();
        LOG.addAppender(logged);
        LOG.setLevel(Level.INFO);
        LOG.setAdditive(false);
    }

    @AfterEach
    void leave() {
        LOG.detachAppender(logged);
        LOG.setAdditive(true);
        LOG.setLevel(null);
    }

    @Test
    void itsBeginAndItsEndAreALineEach() {
        outage.over();
        assertThat(lines()).isEmpty();
        fail(QUARTER, 8);
        outage.over();
        outage.over();
        assertThat(lines()).containsExactly("WARN nothing can be claimed: refused",
                "INFO nothing can be claimed: over after 2 s, 8 failures");
    }

    @Test
    void whileItLastsItIsLoggedAtGrowingIntervals() {
        fail(QUARTER, 4 * 3600);
        assertThat(lines()).hasSize(11).startsWith(
                "WARN nothing can be claimed: refused",
                "WARN nothing can be claimed, for 10 s now, 41 failures: refused",
                "WARN nothing can be claimed, for 30 s now, 121 failures: refused",
                "WARN nothing can be claimed, for 70 s now, 281 failures: refused");
    }

    @Test
    void oneThatComesAndGoesLogsNoMoreThanOneThatLasts() {
        for (int i = 0; i < 4 * 3600; i++) {
            fail(QUARTER, 1);
            outage.over();
        }
        assertThat(lines()).hasSize(22);
    }

    @Test
    void afterAQuietWhileItIsANewOne() {
        fail(QUARTER, 1);
        outage.over();
        now += Outage.QUIET.toNanos();
        fail(QUARTER, 1);
        assertThat(lines()).containsExactly("WARN nothing can be claimed: refused",
                "INFO nothing can be claimed: over after 0 s, 1 failure", "WARN nothing can be claimed: refused");
    }

    /** Fails a number of times, each followed by a pause. */
    private void fail(Duration pause, int times) {
        for (int i = 0; i < times; i++) {
            outage.failed("refused");
            now += pause.toNanos();
        }
    }

    private List<String> lines() {
        return logged.list.stream().map(event -> event.getLevel() + " " + event.getFormattedMessage()).toList();
    }
}
