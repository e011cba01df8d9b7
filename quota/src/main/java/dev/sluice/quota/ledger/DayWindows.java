package dev.sluice.quota.ledger;

import dev.sluice.config.definition.Dimension.Window;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The calendar of one time zone around a moment: three days, as long as their clocks make them. Minutes need no
 * calendar: every zone in use is whole minutes away from UTC.
 */
public final class DayWindows {
    public static final int MINUTE_SECONDS = 60;

    private static final int DAYS = 3;

    private final ZoneId zone;
    private final long firstDay;
    private final long[] starts = new long[DAYS + 1];

    private DayWindows(ZoneId zone, LocalDate first) {
        this.zone = zone;
        this.firstDay = first.toEpochDay();
        for (int i = 0; i <= DAYS; i++) {
            starts[i] = startOf(first.plusDays(i));
        }
    }

    /** The day of that moment, the one before and the one after. */
    public static DayWindows around(ZoneId zone, long epochSecond) {
        return new DayWindows(zone, LocalDate.ofInstant(Instant.ofEpochSecond(epochSecond), zone).minusDays(1));
    }

    /** These windows if they are of that zone and the moment is not in their last day, or fresh ones. */
    public DayWindows movedTo(ZoneId zone, long epochSecond) {
        boolean good = this.zone.equals(zone) && epochSecond >= starts[0] && epochSecond < starts[DAYS - 1];
        return good ? this : around(zone, epochSecond);
    }

    /** Days since the epoch of the first of the three days. */
    public long firstDay() {
        return firstDay;
    }

    /** When the i-th day begins, in Unix seconds; 3 is the end of the last. */
    public long start(int i) {
        return starts[i];
    }

    /**
     * The number of the window that a moment lies in.
     *
     * @param epochSecond a moment in the three days
     */
    public long windowAt(Window window, long epochSecond) {
        if (window == Window.MINUTE) {
            return Math.floorDiv(epochSecond, MINUTE_SECONDS);
        }
        int i = 0;
        while (i < DAYS - 1 && epochSecond >= starts[i + 1]) {
            i++;
        }
        return firstDay + i;
    }

    /** When the window of that number ends, in Unix seconds. */
    public long end(Window window, long number) {
        return window == Window.MINUTE ? (number + 1) * MINUTE_SECONDS : dayStart(number + 1);
    }

    /** Length of the window of that number, in seconds. */
    public int seconds(Window window, long number) {
        return window == Window.MINUTE ? MINUTE_SECONDS : (int) (dayStart(number + 1) - dayStart(number));
    }

    private long dayStart(long day) {
        int i = (int) (day - firstDay);
        return i >= 0 && i <= DAYS ? starts[i] : startOf(LocalDate.ofEpochDay(day));
    }

    private long startOf(LocalDate day) {
        return day.atStartOfDay(zone).toEpochSecond();
    }
}
