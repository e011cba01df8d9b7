package dev.sluice.config.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with a unit, as people write them. A number without one is refused: nobody knows what it counts. */
final class Quantities {
    private static final Pattern FORMAT = Pattern.compile("(\\d{1,9})([A-Za-z]+)");
    private static final Map<String, Long> BYTES = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Map<String, Duration> TIMES = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private Quantities() {}

    /** Bytes of a text such as {@code 1MiB}. */
    static Optional<Long> size(String text) {
        return parse(text, BYTES).map(quantity -> quantity.number * quantity.unit);
    }

    /** The duration of a text such as {@code 15s}. */
    static Optional<Duration> duration(String text) {
        return parse(text, TIMES).map(quantity -> quantity.unit.multipliedBy(quantity.number));
    }

    private static <U> Optional<Quantity<U>> parse(String text, Map<String, U> units) {
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.ofNullable(units.get(matcher.group(2))).map(unit -> new Quantity<>(number, unit));
    }

    private record Quantity<U>(long number, U unit) {}
}
