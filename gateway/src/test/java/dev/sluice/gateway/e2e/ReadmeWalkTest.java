package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.Shell;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The walk of the README, as written: its {@code sh} blocks run in one shell, and each line of the {@code json} or
 * {@code text} block behind one must be in what it printed. An ellipsis in a line stands for anything.
 */
class ReadmeWalkTest {
    private static final String BEGIN = "<!-- walk:begin -->";
    private static final String END = "<!-- walk:end -->";
    private static final String END_OF_STEP = "--- end of a step of the walk ---";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    private record Step(String script, List<String> expected) {}

    @Test
    void everyStepPrintsWhatItPromises() throws Exception {
        String readme = Files.readString(Path.of("..", "README.md"));
        assumeTrue(readme.contains(BEGIN), "the README has no walk");
        List<Step> steps = steps(readme.substring(readme.indexOf(BEGIN), readme.indexOf(END)));
        assertThat(steps).isNotEmpty();
        String script = steps.stream().map(Step::script)
                .collect(Collectors.joining("\necho; echo '" + END_OF_STEP + "'\n", "set -e\n", ""));
        // A node of its own: the walk may use any name.
        try (RunningSluice sluice = RunningSluice.start(Map.of())) {
            String[] outputs = Shell.run(script, Map.of("SLUICE_URL", sluice.url(), "SLUICE_KEY", sluice.liveKey()))
                    .split(Pattern.quote(END_OF_STEP), -1);
            assertThat(outputs).as("%s", Arrays.toString(outputs)).hasSameSizeAs(steps);
            for (int i = 0; i < outputs.length; i++) {
                for (String line : steps.get(i).expected()) {
                    assertThat(outputs[i]).as("output of%n%s", steps.get(i).script()).containsPattern(pattern(line));
                }
            }
        }
    }

    private static List<Step> steps(String walk) {
        List<Step> steps = new ArrayList<>();
        for (MatchResult block : BLOCK.matcher(walk).results().toList()) {
            switch (block.group(1)) {
                case "sh" -> steps.add(new Step(block.group(2), new ArrayList<>()));
                case "json", "text" -> block.group(2).lines().map(String::strip).filter(line -> !line.isEmpty())
                        .forEach(steps.getLast().expected()::add);
                default -> throw new IllegalStateException("a block of " + block.group(1) + " in the walk");
            }
        }
        return steps;
    }

    private static Pattern pattern(String line) {
        return Pattern.compile(Arrays.stream(line.split("…|\\.\\.\\.", -1)).map(Pattern::quote)
                .collect(Collectors.joining(".*?")));
    }
}
