package dev.sluice.gateway.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LibraryRepeatsTest {
    private final LibraryRepeats repeats = new LibraryRepeats();

    @Test
    void aWarningThatALibraryRepeatsComesAtGrowingIntervals() {
        int shown = 0;
        for (int second = 0; second < 3600; second += 5) {
            shown += shows("io.lettuce.Watchdog", Level.WARN, "cannot reconnect, attempt " + second, second) ? 1 : 0;
        }
        assertThat(shown).isEqualTo(11);
        assertThat(shows("io.lettuce.Watchdog", Level.WARN, "cannot reconnect, attempt 7", 3631)).isTrue();
    }

    @Test
    void nothingElseIsHeldBack() {
        for (int i = 0; i < 3; i++) {
            assertThat(shows("io.lettuce.A", Level.ERROR, "x", 0)).isTrue();
            assertThat(shows("io.lettuce.A", Level.INFO, "x", 0)).isTrue();
            assertThat(shows("dev.sluice.A", Level.WARN, "x", 0)).isTrue();
        }
        for (char c = 'a'; c <= 'z'; c++) {
            assertThat(shows("io.lettuce.A", Level.WARN, "from " + c, 0)).isTrue();
            assertThat(shows("io.netty." + c, Level.WARN, "x", 0)).isTrue();
        }
    }

    private boolean shows(String logger, Level level, String message, int second) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName(logger);
        event.setLevel(level);
        event.setMessage(message);
        event.setTimeStamp(1_000L * second);
        return repeats.decide(event) == FilterReply.NEUTRAL;
    }
}
