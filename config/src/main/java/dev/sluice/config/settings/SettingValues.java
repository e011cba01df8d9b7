package dev.sluice.config.settings;

import dev.sluice.config.settings.Sources.SourcedText;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Turns texts into values and gathers what is not allowed. */
final class SettingValues {
    private final Sources sources;
    private final Defaults defaults = Defaults.load();
    private final List<SettingProblem> problems;

    SettingValues(Sources sources) {
        this.sources = sources;
        this.problems = new ArrayList<>(sources.problems());
    }

    /** The value of a key. One that is not allowed counts as a problem and is stood in for by the default. */
    <T> T get(SettingKey<T> key) {
        T fallback = key.type().parser().apply(defaults.text(key)).orElseThrow(() ->
                new IllegalStateException("default of " + key.name() + " is not " + key.type().allowed()));
        SourcedText set = sources.texts().get(key.name());
        if (set == null) {
            return fallback;
        }
        Optional<T> value = key.type().parser().apply(set.text());
        if (value.isEmpty()) {
            String shown = key.type().secret() ? Masked.uris(set.text()) : set.text();
            problems.add(new SettingProblem.BadValue(key.name(), shown, set.origin(), key.type().allowed()));
        }
        return value.orElse(fallback);
    }

    /** Notes that a value, allowed by itself, does not fit another's. */
    void conflict(SettingKey<?> key, String allowed) {
        SourcedText set = sources.texts().get(key.name());
        problems.add(new SettingProblem.BadValue(key.name(), set == null ? defaults.text(key) : set.text(),
                set == null ? "the defaults" : set.origin(), allowed));
    }

    /** Throws the problems that matter, if there are any; the others are only told. */
    void throwProblems(Predicate<SettingProblem> matters, Consumer<SettingProblem> ignored) throws SettingsException {
        List<SettingProblem> serious = problems.stream().filter(matters).toList();
        if (!serious.isEmpty()) {
            throw new SettingsException(serious);
        }
        problems.forEach(ignored);
    }
}
