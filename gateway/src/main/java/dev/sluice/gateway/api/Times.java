package dev.sluice.gateway.api;

import dev.sluice.config.json.InvalidFieldException;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** Times and days in requests, of the years that everything behind can count in. */
final class Times {
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9998;

    private Times() {}

    /** A time with its offset; {@code field} is named where it is none. */
    static OffsetDateTime time(String field, String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            check(field, time.getYear());
            return time;
        } catch (DateTimeException notATime) {
            throw new InvalidFieldException(field, "must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    /** A day of the calendar. */
    static LocalDate day(String field, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            check(field, day.getYear());
            return day;
        } catch (DateTimeException notADay) {
            throw new InvalidFieldException(field, "must be a day such as 2026-01-31");
        }
    }

    private static void check(String field, int year) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new InvalidFieldException(field, "must be of the years %d to %d".formatted(FIRST_YEAR, LAST_YEAR));
        }
    }
}
