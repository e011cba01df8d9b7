package dev.sluice.config.settings;

import dev.sluice.config.StartupException;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settings that cannot be used, with everything that is wrong with them. */
public final class SettingsException extends StartupException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<SettingProblem> problems;

    SettingsException(List<SettingProblem> problems) {
        super(message(problems), null);
        this.problems = List.copyOf(problems);
    }

    /** A line for each problem, and all settings once if a key resembles none of them. */
    private static String message(List<SettingProblem> problems) {
        Stream<String> lines = problems.stream().map(SettingProblem::message);
        boolean strange = problems.stream()
                .anyMatch(problem -> problem instanceof SettingProblem.UnknownKey unknown && unknown.meant().isEmpty());
        return Stream.concat(lines, strange ? Stream.of(all()) : Stream.empty()).collect(Collectors.joining("\n"));
    }

    private static String all() {
        return SettingKeys.ALL.stream().map(SettingKey::name).sorted().collect(Collectors.joining(", ", "settings are ",
                "; the variable of http.port, for one, is " + SettingKeys.HTTP_PORT.environmentVariable()));
    }

    /** Every problem that was found. */
    public List<SettingProblem> problems() {
        return problems;
    }
}
