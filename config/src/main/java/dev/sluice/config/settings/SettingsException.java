package dev.sluice.config.settings;

import dev.sluice.config.StartupException;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used, with everything that is wrong with them. */
public final class SettingsException extends StartupException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<SettingProblem> problems;

    SettingsException(List<SettingProblem> problems) {
        super(problems.stream().map(SettingProblem::message).collect(Collectors.joining("\n")), null);
        this.problems = List.copyOf(problems);
    }

    /** Every problem that was found. */
    public List<SettingProblem> problems() {
        return problems;
    }
}
