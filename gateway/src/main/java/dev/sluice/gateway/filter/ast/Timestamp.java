package dev.sluice.gateway.filter.ast;

import java.time.LocalDate;

/** Reads RFC 3339 times without allocating more than a date. A date alone is its midnight in UTC. */
public final class Timestamp {
    /** Returned for a slice that is no time; before any time that can be written. */
    public static final long NOT = Long.MIN_VALUE;

    private static final int SECONDS_A_DAY = 86_400;
    private static final int NANOS_A_SECOND = 1_000_000_000;

    private Timestamp() {}

    /** Seconds since 1970-01-01T00:00:00Z, rounded down, or {@link #NOT}. */
    public static long seconds(byte[] text, int start, int end) {
        if (end - start < 10 || text[start + 4] != '-' || text[start + 7] != '-') {
            return NOT;
        }
        int year = number(text, start, 4);
        int month = number(text, start + 5, 2);
        int day = number(text, start + 8, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
            return NOT;
        }
        long midnight = LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY;
        if (end - start == 10) {
            return midnight;
        }
        int time = start + 11;
        if (end - start < 20 || ((text[start + 10] | 0x20) != 't' && text[start + 10] != ' ') || text[time + 2] != ':'
                || text[time + 5] != ':') {
            return NOT;
        }
        int hour = number(text, time, 2);
        int minute = number(text, time + 3, 2);
        int second = number(text, time + 6, 2);
        int zone = afterFraction(text, time + 8, end);
        long offset = zone < 0 ? NOT : offset(text, zone, end);
        // A leap second, :60, is read as the first instant of the next minute.
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 || offset == NOT) {
            return NOT;
        }
        return midnight + hour * 3600L + minute * 60L + second - offset;
    }

    /** The nanoseconds on top of {@link #seconds} of a slice that is a time; digits beyond the ninth are cut off. */
    public static int nanos(byte[] text, int start, int end) {
        if (end - start < 21 || text[start + 19] != '.') {
            return 0;
        }
        int nanos = 0;
        for (int unit = NANOS_A_SECOND / 10, p = start + 20; unit > 0 && text[p] >= '0' && text[p] <= '9'; p++, unit /= 10) {
            nanos += unit * (text[p] - '0');
        }
        return nanos;
    }

    private static int daysOf(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 ? leap ? 29 : 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    private static int afterFraction(byte[] text, int at, int end) {
        if (at >= end || text[at] != '.') {
            return at;
        }
        int p = at + 1;
        while (p < end && text[p] >= '0' && text[p] <= '9') {
            p++;
        }
        return p == at + 1 ? -1 : p;
    }

    private static long offset(byte[] text, int at, int end) {
        if (end - at == 1 && (text[at] | 0x20) == 'z') {
            return 0;
        }
        if (end - at != 6 || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
            return NOT;
        }
        int hour = number(text, at + 1, 2);
        int minute = number(text, at + 4, 2);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return NOT;
        }
        return (text[at] == '-' ? -1 : 1) * (hour * 3600L + minute * 60L);
    }

    private static int number(byte[] text, int at, int digits) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            value = 10 * value + (text[i] - '0');
        }
        return value;
    }
}
