package dev.sluice.config.settings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What file and environment say, by key, and what is wrong with how they say it.
 *
 * @param texts the winning text of each known key that was set
 * @param problems keys that do not exist and a file that cannot be read
 */
record Sources(Map<String, SourcedText> texts, List<SettingProblem> problems) {
    /** Variables with the settings' prefix that are not for a node: the launcher's, and those of its HTTP clients. */
    static final Set<String> NOT_SETTINGS = Set.of("SLUICE_JAVA_OPTS", "SLUICE_URL", "SLUICE_KEY");

    /**
     * A text and where it was written.
     *
     * @param origin completes the sentence "in …"
     */
    record SourcedText(String text, String origin) {}

    static Sources read(@Nullable Path file, Map<String, String> environment) {
        Sources sources = new Sources(new HashMap<>(), new ArrayList<>());
        if (file != null) {
            sources.readFile(file);
        }
        sources.readEnvironment(environment);
        return sources;
    }

    private void readFile(Path file) {
        SettingsFile content = SettingsFile.read(file);
        problems.addAll(content.problems());
        Map<String, SettingKey<?>> known = SettingKeys.ALL.stream()
                .collect(Collectors.toMap(SettingKey::name, Function.identity()));
        content.texts().forEach((name, text) -> {
            if (known.containsKey(name)) {
                texts.put(name, text);
            } else {
                problems.add(SettingProblem.unknown(name, text, known.keySet()));
            }
        });
    }

    private void readEnvironment(Map<String, String> environment) {
        Map<String, SettingKey<?>> known = SettingKeys.ALL.stream()
                .collect(Collectors.toMap(SettingKey::environmentVariable, Function.identity()));
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (!variable.startsWith(SettingKey.ENVIRONMENT_PREFIX) || NOT_SETTINGS.contains(variable)) {
                return;
            }
            SourcedText text = new SourcedText(value.strip(), "the environment");
            SettingKey<?> key = known.get(variable);
            if (key == null) {
                problems.add(SettingProblem.unknown(variable, text, known.keySet()));
            } else {
                texts.put(key.name(), new SourcedText(text.text(), "the environment, " + variable));
            }
        });
    }
}
