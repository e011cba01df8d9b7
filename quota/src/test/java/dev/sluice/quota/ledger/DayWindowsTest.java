package dev.sluice.quota.ledger;

import dev.sluice.config.definition.Dimension.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import static org.assertj.core.api.Assertions.assertThat;

class DayWindowsTest {
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-29, 82800",
        "Europe/Berlin, 2026-10-25, 90000",
        "Europe/Berlin, 2026-10-26, 86400",
        "America/New_York, 2026-03-08, 82800",
        "America/New_York, 2026-11-01, 90000",
        "Australia/Lord_Howe, 2026-04-05, 88200",
        "Australia/Lord_Howe, 2026-10-04, 84600",
        "Asia/Kolkata, 2026-03-29, 86400"
    })
    void aDayIsAsLongAsItsClocksMakeIt(String name, LocalDate day, int seconds) {
        ZoneId zone = ZoneId.of(name);
        long start = day.atStartOfDay(zone).toEpochSecond();
        DayWindows windows = DayWindows.around(zone, start);
        long number = day.toEpochDay();
        assertThat(windows.windowAt(Window.DAY, start)).isEqualTo(number);
        assertThat(windows.windowAt(Window.DAY, start - 1)).isEqualTo(number - 1);
        assertThat(windows.windowAt(Window.DAY, start + seconds - 1)).isEqualTo(number);
        assertThat(windows.windowAt(Window.DAY, start + seconds)).isEqualTo(number + 1);
        assertThat(windows.seconds(Window.DAY, number)).isEqualTo(seconds);
        assertThat(windows.end(Window.DAY, number)).isEqualTo(start + seconds);
    }

    @Test
    void aHourThatComesTwiceIsOneDay() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        ZonedDateTime first = ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, zone).withEarlierOffsetAtOverlap();
        ZonedDateTime second = first.withLaterOffsetAtOverlap();
        DayWindows windows = DayWindows.around(zone, first.toEpochSecond());
        assertThat(second.toEpochSecond() - first.toEpochSecond()).isEqualTo(3600);
        assertThat(windows.windowAt(Window.DAY, first.toEpochSecond()))
                .isEqualTo(windows.windowAt(Window.DAY, second.toEpochSecond()));
    }

    @Test
    void aDayMayBeginAfterMidnight() {
        // In Beirut clocks go from midnight to one on the last Sunday of March.
        ZoneId zone = ZoneId.of("Asia/Beirut");
        LocalDate day = LocalDate.of(2026, 3, 29);
        long start = Instant.parse("2026-03-28T22:00:00Z").getEpochSecond();
        DayWindows windows = DayWindows.around(zone, start);
        assertThat(windows.windowAt(Window.DAY, start)).isEqualTo(day.toEpochDay());
        assertThat(windows.windowAt(Window.DAY, start - 1)).isEqualTo(day.toEpochDay() - 1);
        assertThat(windows.seconds(Window.DAY, day.toEpochDay())).isEqualTo(23 * 3600);
    }

    @Test
    void aDayThatNeverWasIsSkipped() {
        // Samoa went from the 29th to the 31st of December 2011.
        ZoneId zone = ZoneId.of("Pacific/Apia");
        long lastSecond = Instant.parse("2011-12-30T09:59:59Z").getEpochSecond();
        DayWindows windows = DayWindows.around(zone, lastSecond);
        assertThat(windows.windowAt(Window.DAY, lastSecond)).isEqualTo(LocalDate.of(2011, 12, 29).toEpochDay());
        assertThat(windows.movedTo(zone, lastSecond + 1).windowAt(Window.DAY, lastSecond + 1))
                .isEqualTo(LocalDate.of(2011, 12, 31).toEpochDay());
    }

    @Test
    void minutesAreThoseOfTheClock() {
        DayWindows windows = DayWindows.around(ZoneId.of("Asia/Kathmandu"), 1_770_000_018);
        assertThat(windows.windowAt(Window.MINUTE, 1_770_000_059)).isEqualTo(29_500_000);
        assertThat(windows.windowAt(Window.MINUTE, 1_770_000_060)).isEqualTo(29_500_001);
        assertThat(windows.end(Window.MINUTE, 29_500_000)).isEqualTo(1_770_000_060);
        assertThat(windows.seconds(Window.MINUTE, 29_500_000)).isEqualTo(60);
    }

    @Test
    void movesOnWithTimeAndZone() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        DayWindows windows = DayWindows.around(berlin, 1_770_000_018);
        assertThat(windows.movedTo(berlin, 1_770_000_078)).isSameAs(windows);
        assertThat(windows.movedTo(berlin, 1_770_000_018 + 86_400).firstDay()).isEqualTo(windows.firstDay() + 1);
        assertThat(windows.movedTo(berlin, 1_770_000_018 - 86_400 * 2).firstDay()).isEqualTo(windows.firstDay() - 2);
        assertThat(windows.movedTo(ZoneId.of("Asia/Tokyo"), 1_770_000_018).start(0)).isNotEqualTo(windows.start(0));
    }
}
