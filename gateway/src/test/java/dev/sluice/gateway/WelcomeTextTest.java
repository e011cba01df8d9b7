package dev.sluice.gateway;

import dev.sluice.gateway.FirstRun.Reached;
import dev.sluice.gateway.running.Shell;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class WelcomeTextTest {
    private static final JsonObject CREDENTIALS =
            new JsonObject().put("organizationId", "7").put("liveKey", "fsk_live_x").put("testKey", "fsk_test_y");

    @TempDir
    private Path folder;

    @Test
    void theKeysAreShownOnceAndOnlyAtATerminal() {
        Welcome welcome = new Welcome("http://h:1", folder.resolve("first-run.json"));
        assertThat(welcome.text(new Reached(CREDENTIALS, true), true))
                .contains("fsk_live_x", "fsk_test_y", "first-run.json");
        assertThat(welcome.text(new Reached(CREDENTIALS, true), false))
                .contains("first-run.json", "curl").doesNotContain("fsk_");
        for (boolean terminal : new boolean[] {true, false}) {
            assertThat(welcome.text(new Reached(CREDENTIALS, false), terminal))
                    .contains("http://h:1", "first-run.json").doesNotContain("fsk_");
        }
    }

    @Test
    void aCommandFindsTheKeyWhereverItsFileIs() throws Exception {
        Path file = folder.resolve("it's \"my\" $HOME `data`.json");
        Files.writeString(file, CREDENTIALS.encodePrettily());
        String command = new Welcome("http://h:1", file).text(new Reached(CREDENTIALS, true), false)
                .lines().filter(line -> line.startsWith("curl")).findFirst().orElseThrow();
        assertThat(Shell.run(command.replaceFirst("curl", "printf '%s|'"), Map.of()))
                .contains("|x-fastn-api-key: fsk_live_x|");
    }
}
