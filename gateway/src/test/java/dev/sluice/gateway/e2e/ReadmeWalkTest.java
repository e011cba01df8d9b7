package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.Shell;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The walk of the README, as written: its {@code sh} blocks run in one shell, and each line of the {@code json} or
 * {@code text} block behind one must be in what it printed. An ellipsis in a line stands for anything.
 */
class ReadmeWalkTest {
    private static final String BEGIN = "<!-- walk:begin -->";
    private static final String END = "<!-- walk:end -->";
    private static final String END_OF_STEP = "--- end of a step of the walk ---";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    private static final Pattern CREATION = Pattern.compile("/api/v1/(workflows|triggers)\" .* -d ");

    private record Step(String script, List<String> expected) {}

    @Test
    void everyStepPrintsWhatItPromisesHoweverOftenItIsWalked() throws Exception {
        String readme = Files.readString(Path.of("..", "README.md"));
        List<Step> whole = steps(readme.substring(readme.indexOf(BEGIN), readme.indexOf(END)));
        List<Step> untilDeletion = whole.subList(0, whole.size() - 1);
        assertThat(untilDeletion).isNotEmpty();
        // A node of its own: the walk may use any name.
        try (RunningSluice sluice = RunningSluice.start(Map.of())) {
            Map<String, String> environment = Map.of("SLUICE_URL", sluice.url(), "SLUICE_KEY", sluice.liveKey());
            verify(untilDeletion, walk(untilDeletion, environment));
            // The next walk sends an event of its own only in the next second.
            long second = Instant.now().getEpochSecond();
            Awaitility.await().until(() -> Instant.now().getEpochSecond() > second);
            List<String> again = walk(whole, environment);
            for (int i = 0; i < whole.size(); i++) {
                Step step = whole.get(i);
                if (CREATION.matcher(step.script()).find()) {
                    assertThat(again.get(i)).as(step.script()).contains("\"status\":409");
                } else {
                    verify(step, again.get(i));
                }
            }
            verify(whole, walk(whole, environment));
        }
    }

    private static List<String> walk(List<Step> steps, Map<String, String> environment) throws Exception {
        String script = steps.stream().map(Step::script)
                .collect(Collectors.joining("\necho; echo '" + END_OF_STEP + "'\n", "set -e\n", ""));
        List<String> outputs = List.of(Shell.run(script, environment).split(Pattern.quote(END_OF_STEP), -1));
        assertThat(outputs).hasSameSizeAs(steps);
        return outputs;
    }

    private static void verify(List<Step> steps, List<String> outputs) {
        for (int i = 0; i < steps.size(); i++) {
            verify(steps.get(i), outputs.get(i));
        }
    }

    private static void verify(Step step, String output) {
        for (String line : step.expected()) {
            assertThat(output).as("output of%n%s", step.script()).containsPattern(pattern(line));
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
