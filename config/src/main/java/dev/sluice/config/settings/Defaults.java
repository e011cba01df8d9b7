package dev.sluice.config.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The defaults file: each key's default, and its description, which is the comment right above it. */
final class Defaults {
    private final Map<String, Entry> entries;

    private Defaults(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /** A default and what the setting means. */
    record Entry(String text, String meaning) {}

    static Defaults load() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<String> comment = new ArrayList<>();
        for (String line : source().lines().toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith("#")) {
                comment.add(line.substring(1).strip());
            } else if (equals < 0) {
                comment.clear();
            } else {
                entries.put(line.substring(0, equals),
                        new Entry(line.substring(equals + 1), String.join(" ", comment)));
                comment.clear();
            }
        }
        return new Defaults(entries);
    }

    String text(SettingKey<?> key) {
        return entry(key).text();
    }

    String meaning(SettingKey<?> key) {
        return entry(key).meaning();
    }

    /** The keys of the file, in its order. */
    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    private Entry entry(SettingKey<?> key) {
        Entry entry = entries.get(key.name());
        if (entry == null) {
            throw new IllegalStateException("defaults.properties has no " + key.name());
        }
        return entry;
    }

    private static String source() {
        try (InputStream in = Defaults.class.getResourceAsStream("defaults.properties")) {
            if (in == null) {
                throw new IllegalStateException("the build left defaults.properties off the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
