package dev.sluice.gateway.e2e;

import dev.sluice.gateway.running.Client;
import dev.sluice.gateway.running.RunningSluice;
import dev.sluice.gateway.running.Shell;
import dev.sluice.gateway.running.SluiceResolver;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What a new user is told at the terminal works when pasted. */
@ExtendWith(SluiceResolver.class)
class WelcomeTest {
    private final RunningSluice sluice;

    WelcomeTest(RunningSluice sluice) {
        this.sluice = sluice;
    }

    @Test
    void theThreePrintedCommandsWork() throws Exception {
        List<String> commands = sluice.out().lines().filter(line -> line.startsWith("curl")).toList();
        assertThat(commands).hasSize(3);
        assertThat(new JsonObject(Shell.run(commands.get(0), Map.of())).getString("slug")).isEqualTo("hello");
        assertThat(new JsonObject(Shell.run(commands.get(1), Map.of())).getJsonArray("routes")).hasSize(2);
        JsonObject accepted = new JsonObject(Shell.run(commands.get(2), Map.of()));
        assertThat(accepted.getJsonArray("executions")).hasSize(1);
        Client client = sluice.client();
        JsonObject ended = client.awaitEnd(accepted.getJsonArray("executions").getJsonObject(0).getString("id"));
        assertThat(ended.getJsonObject("result")).isEqualTo(new JsonObject().put("hello", "order.created"));
        assertThat(ended.getJsonArray("logs")).hasSize(1);
    }

    @Test
    void theCredentialsAreKeptForTheOwnerAlone() throws Exception {
        Path file = sluice.data().resolve("first-run.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        JsonObject credentials = new JsonObject(Files.readString(file));
        assertThat(credentials.fieldNames()).containsExactlyInAnyOrder("url", "organizationId", "liveKey", "testKey");
        assertThat(sluice.out()).contains(credentials.getString("organizationId"), file.toString())
                .as("what is printed may be kept").doesNotContain("fsk_");
    }
}
