package dev.sluice.config.settings;

import dev.sluice.config.settings.Sources.SourcedText;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/** One thing that is wrong with the settings. */
public sealed interface SettingProblem {
    /** What is wrong and what would be right, in one line and without secrets. */
    String message();

    /** Whether the setting of this key may not be what the operator meant. */
    boolean concerns(String key);

    /**
     * A key that does not exist.
     *
     * @param shownValue its value, masked
     * @param meant the key, or its variable, that was probably meant
     */
    record UnknownKey(String name, String shownValue, String origin, Optional<String> meant) implements SettingProblem {
        @Override
        public String message() {
            return "unknown setting %s (value \"%s\", in %s)%s".formatted(
                    name, shownValue, origin, meant.map(key -> ": did you mean " + key + "?").orElse(""));
        }

        @Override
        public boolean concerns(String key) {
            return false;
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

        @Override
        public boolean concerns(String key) {
            return name.equals(key);
        }
    }

    /** A key that a file sets more than once. */
    record Repeated(String name, Path file) implements SettingProblem {
        @Override
        public String message() {
            return "%s is set more than once in file %s: allowed is one line a key".formatted(name, file);
        }

        @Override
        public boolean concerns(String key) {
            return name.equals(key);
        }
    }

    /** A file that cannot be used as a whole. */
    record BadFile(Path file, String reason) implements SettingProblem {
        @Override
        public String message() {
            return "settings file %s %s".formatted(file, reason);
        }

        @Override
        public boolean concerns(String key) {
            return true;
        }
    }

    /** Names the key that was probably meant, if one is near. */
    static SettingProblem unknown(String name, SourcedText text, Collection<String> known) {
        return new UnknownKey(
                name, Masked.unknown(name, text.text()), text.origin(), Spelling.closest(name, known));
    }
}
