package dev.sluice.config.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values that settings have. */
final class SettingTypes {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]+");

    private SettingTypes() {}

    static SettingType<Integer> integer(int min, int max) {
        return new SettingType<>("a whole number from %d to %d".formatted(min, max), text ->
                text.matches("-?\\d{1,9}")
                        ? Optional.of(Integer.valueOf(text)).filter(value -> value >= min && value <= max)
                        : Optional.empty());
    }

    /** A size in bytes. */
    static SettingType<Long> size(String min, String max) {
        long least = Quantities.size(min).orElseThrow();
        long most = Quantities.size(max).orElseThrow();
        return new SettingType<>("a size from %s to %s, such as 1MiB".formatted(min, max), text ->
                Quantities.size(text).filter(value -> value >= least && value <= most));
    }

    static SettingType<Duration> duration(String min, String max) {
        Duration least = Quantities.duration(min).orElseThrow();
        Duration most = Quantities.duration(max).orElseThrow();
        return new SettingType<>("a duration from %s to %s, such as 15s or 5m".formatted(min, max), text ->
                Quantities.duration(text)
                        .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0));
    }

    static <E extends Enum<E>> SettingType<E> choice(Class<E> choices) {
        String names = Arrays.stream(choices.getEnumConstants())
                .map(SettingTypes::kebab)
                .collect(Collectors.joining(", "));
        return new SettingType<>("one of " + names, text -> Arrays.stream(choices.getEnumConstants())
                .filter(choice -> kebab(choice).equals(text))
                .findFirst());
    }

    static SettingType<String> host() {
        return new SettingType<>("a host name or an IP address", text ->
                Optional.of(text).filter(value -> HOST.matcher(value).matches()));
    }

    static SettingType<Path> path() {
        return new SettingType<>("a path", text -> {
            try {
                return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        });
    }

    static SettingType<String> postgresUri() {
        return new SettingType<>("postgresql://USER:PASSWORD@HOST:PORT/DATABASE, or nothing", true, text ->
                Optional.of(text).filter(value -> value.isEmpty()
                        || (isServer(value, Set.of("postgresql", "postgres")) && hasPath(value))));
    }

    static SettingType<List<String>> redisUris() {
        return new SettingType<>("redis://:PASSWORD@HOST:PORT or rediss://…, several separated by commas, or nothing",
                true, text -> {
                    if (text.isEmpty()) {
                        return Optional.of(List.of());
                    }
                    List<String> uris = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
                    return Optional.of(uris)
                            .filter(all -> all.stream().allMatch(uri -> isServer(uri, Set.of("redis", "rediss"))));
                });
    }

    private static boolean isServer(String text, Set<String> schemes) {
        try {
            URI uri = new URI(text);
            return uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean hasPath(String uri) {
        String path = URI.create(uri).getPath();
        return path != null && path.length() > 1;
    }

    private static String kebab(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
