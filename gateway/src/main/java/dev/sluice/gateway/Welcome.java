package dev.sluice.gateway;

import dev.sluice.gateway.FirstRun.Reached;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.io.Console;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What a person is told once the node is ready: at the first start three commands that work when pasted, later where the
 * keys are. Only a terminal is shown the keys, and only once; other output is kept, as a service's log is.
 *
 * @param url where the node is reached
 * @param file the file that holds the keys
 */
record Welcome(String url, Path file) {
    /** Whether the output is read by a person and kept by nobody. */
    @SuppressWarnings("SystemConsoleNull") // the JDK's own console is null without a terminal, those of JLine say so
    static boolean isAtTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    String text(@Nullable Reached reached, boolean terminal) {
        if (reached == null) {
            return "Sluice is ready at " + url;
        }
        return reached.first() ? first(reached.credentials(), terminal) : """

            Sluice is ready at %1$s

              keys          are in %2$s
              executions    are listed at %1$s/api/v1/executions

            Ctrl-C stops Sluice; the data stays.
            """.formatted(url, file);
    }

    private String first(JsonObject credentials, boolean terminal) {
        String liveKey = credentials.getString("liveKey");
        String keys = terminal ? """
              live key      %s
              test key      %s   (send X-fastn-Test-Mode: true with it)
              kept in       %s   (they are not shown again)
            """.formatted(liveKey, credentials.getString("testKey"), file) : """
              keys          are in %s
            """.formatted(file);
        return """

            Sluice is ready at %1$s

              organization  %2$s
            %3$s
            1. Create a workflow:

            curl -sS %1$s/api/v1/workflows -H "x-fastn-api-key: %4$s" -H 'Content-Type: application/json' -d '{"name":"hello","code":"export default async function (ctx) { console.log(\\"got\\", ctx.input.event_type); return { hello: ctx.input.event_type }; }"}'

            2. Create a webhook with two filtered routes:

            curl -sS %1$s/api/v1/triggers -H "x-fastn-api-key: %4$s" -H 'Content-Type: application/json' -d '{"type":"webhook","id":"%5$s","name":"orders","auth":{"type":"none"},"routes":[{"workflow":"hello","filter":{"event_type":"order.created"}},{"workflow":"hello","filter":{"event_type":"inventory.updated"}}]}'

            3. Send it an event:

            curl -sS %1$s/hooks/%5$s -H 'Content-Type: application/json' -d '{"event_type":"order.created","order":{"total":120}}'

            Executions are listed at %1$s/api/v1/executions. Ctrl-C stops Sluice; the data stays.
            """.formatted(url, credentials.getString("organizationId"), keys, terminal ? liveKey : liveKeyOfFile(),
                exampleWebhook(credentials));
    }

    /** For the shell: reads the key where it is kept. */
    private String liveKeyOfFile() {
        String quoted = "'" + file.toString().replace("'", "'\\''") + "'";
        return "$(sed -n 's/.*\"liveKey\" *: *\"\\([^\"]*\\).*/\\1/p' " + quoted + ")";
    }

    /** The same for an organization every time, so that the third command works after a restart too. */
    private static UUID exampleWebhook(JsonObject credentials) {
        return UUID.nameUUIDFromBytes(
                ("example webhook of " + credentials.getString("organizationId")).getBytes(StandardCharsets.UTF_8));
    }
}
