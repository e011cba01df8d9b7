package dev.sluice.config.settings;

import dev.sluice.config.settings.Sources.SourcedText;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * An operator's settings file.
 *
 * @param texts what each key of the file was given, known or not
 * @param problems why the file, or a line of it, cannot be read
 */
record SettingsFile(Map<String, SourcedText> texts, List<SettingProblem> problems) {
    static SettingsFile read(Path file) {
        SettingsFile content = new SettingsFile(new TreeMap<>(), new ArrayList<>());
        try {
            String source = Files.readString(file);
            new Collector(file, content).load(new StringReader(source));
        } catch (NoSuchFileException e) {
            content.problems.add(new SettingProblem.BadFile(file, "does not exist"));
        } catch (CharacterCodingException e) {
            content.problems.add(new SettingProblem.BadFile(file, "is not UTF-8"));
        } catch (IOException e) {
            content.problems.add(new SettingProblem.BadFile(file, "cannot be read: " + e));
        } catch (IllegalArgumentException e) {
            content.problems.add(new SettingProblem.BadFile(file, "is not a properties file: " + e.getMessage()));
        }
        return content;
    }

    /** Sees each line as the properties parser does, and a key's second line too, which a map would swallow. */
    private static final class Collector extends Properties {
        private static final long serialVersionUID = 1;

        private final transient Path file;
        private final transient SettingsFile content;

        Collector(Path file, SettingsFile content) {
            this.file = file;
            this.content = content;
        }

        @Override
        public synchronized Object put(Object key, Object value) {
            String name = key.toString();
            SourcedText text = new SourcedText(value.toString().strip(), "file " + file);
            if (content.texts.putIfAbsent(name, text) != null) {
                content.problems.add(new SettingProblem.Repeated(name, file));
            }
            return value;
        }

        @Override
        public synchronized boolean equals(Object other) {
            return this == other;
        }

        @Override
        public synchronized int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
