package dev.sluice.config.settings;

import java.util.List;
import java.util.stream.Collectors;

/** All settings as documentation. */
public final class SettingsReference {
    private static final String BEGIN = "<!-- settings:begin -->\n";
    private static final String END = "<!-- settings:end -->";

    private SettingsReference() {}

    /**
     * One setting.
     *
     * @param key its name in a file
     * @param environmentVariable its name in the environment
     * @param defaultText its default, as one would write it; may be empty
     * @param allowed what it takes
     * @param meaning what it does
     */
    public record Entry(
            String key, String environmentVariable, String defaultText, String allowed, String meaning) {}

    /** Every setting, in the order of the defaults file. */
    public static List<Entry> entries() {
        Defaults defaults = Defaults.load();
        return SettingKeys.ALL.stream()
                .map(key -> new Entry(
                        key.name(),
                        key.environmentVariable(),
                        defaults.text(key),
                        key.type().allowed(),
                        defaults.meaning(key)))
                .toList();
    }

    /** The settings as a Markdown table. */
    public static String markdown() {
        return entries().stream()
                .map(entry -> "| `%s` | `%s` | %s | %s Allowed: %s. |\n".formatted(
                        entry.key(),
                        entry.environmentVariable(),
                        entry.defaultText().isEmpty() ? "" : "`" + entry.defaultText() + "`",
                        entry.meaning(),
                        entry.allowed()))
                .collect(Collectors.joining("", """
                        | Setting | Environment variable | Default | Meaning |
                        |---|---|---|---|
                        """, ""));
    }

    /**
     * The text with the table between its two markers replaced by the current one.
     *
     * @throws IllegalArgumentException if the text lacks a marker
     */
    public static String updated(String document) {
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException("no " + BEGIN.strip() + " … " + END + " in the document");
        }
        return document.substring(0, begin + BEGIN.length()) + markdown() + document.substring(end);
    }
}
