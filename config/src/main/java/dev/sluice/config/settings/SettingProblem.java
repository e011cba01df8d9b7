package dev.sluice.config.settings;

import dev.sluice.config.settings.Sources.SourcedText;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/** One thing that is wrong with the settings. */
public sealed interface SettingProblem {
    /** What is wrong and what would be right, in one line and without secrets. */
    String message();

    /**
     * A key that does not exist.
     *
     * @param shownValue its value, masked
     * @param allowed what to write instead
     */
    record UnknownKey(String name, String shownValue, String origin, String allowed) implements SettingProblem {
        @Override
        public String message() {
            return "unknown setting %s (value \"%s\", in %s): %s".formatted(name, shownValue, origin, allowed);
        }
    }

    /**
     * A value that is not allowed.
     *
     * @param shownValue the value, masked
     * @param allowed what the key takes
     */
    record BadValue(String name, String shownValue, String origin, String allowed) implements SettingProblem {
        @Override
        public String message() {
            return "%s has the value \"%s\" (in %s): allowed is %s".formatted(name, shownValue, origin, allowed);
        }
    }

    /** A key that a file sets more than once. */
    record Repeated(String name, Path file) implements SettingProblem {
        @Override
        public String message() {
            return "%s is set more than once in file %s: allowed is one line a key".formatted(name, file);
        }
    }

    /** A file that cannot be used as a whole. */
    record BadFile(Path file, String reason) implements SettingProblem {
        @Override
        public String message() {
            return "settings file %s %s".formatted(file, reason);
        }
    }

    /** Names the key that was probably meant, or all there are. */
    static SettingProblem unknown(String name, SourcedText text, Collection<String> known) {
        Optional<String> meant = Spelling.closest(name, known);
        String allowed = meant.map(key -> "did you mean " + key + "?")
                .orElseGet(() -> "allowed are " + String.join(", ", new TreeSet<>(known)));
        return new UnknownKey(name, Masked.unknown(name, text.text()), text.origin(), allowed);
    }
}
