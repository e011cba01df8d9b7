package dev.sluice.gateway.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Lets a warning that a library repeats through at growing intervals, as {@link dev.sluice.config.log.Outage} does with
 * this product's own. Warnings that differ in numbers alone are the same.
 */
final class LibraryRepeats extends Filter<ILoggingEvent> {
    private static final long FIRST_INTERVAL = Duration.ofSeconds(10).toMillis();
    private static final long LONGEST_INTERVAL = Duration.ofMinutes(10).toMillis();
    private static final long QUIET = Duration.ofSeconds(30).toMillis();
    private static final int MAX_KNOWN = 100;
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private record Key(String logger, String message) {}

    private record Repeat(long last, long next, long interval) {}

    private final Map<Key, Repeat> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Repeat> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (event.getLevel() != Level.WARN || event.getLoggerName().startsWith("dev.sluice.")) {
            return FilterReply.NEUTRAL;
        }
        Key key = new Key(event.getLoggerName(), DIGITS.matcher(event.getFormattedMessage()).replaceAll("0"));
        return isDue(key, event.getTimeStamp()) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private synchronized boolean isDue(Key key, long now) {
        Repeat repeat = known.get(key);
        if (repeat == null || now - repeat.last() > QUIET) {
            known.put(key, new Repeat(now, now + FIRST_INTERVAL, FIRST_INTERVAL));
            return true;
        }
        boolean due = now >= repeat.next();
        long interval = due ? Math.min(2 * repeat.interval(), LONGEST_INTERVAL) : repeat.interval();
        known.put(key, new Repeat(now, due ? now + interval : repeat.next(), interval));
        return due;
    }
}
