package dev.sluice.gateway;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/** What a person at the terminal is told once the node is ready: three commands that work when pasted. */
final class Welcome {
    private Welcome() {}

    static String text(String url, @Nullable JsonObject credentials, Path file) {
        if (credentials == null) {
            return "Sluice is ready at " + url;
        }
        return """

            Sluice is ready at %1$s

              organization  %2$s
              live key      %3$s
              test key      %4$s   (send X-fastn-Test-Mode: true with it)
              kept in       %5$s

            1. Create a workflow:

            curl -sS %1$s/api/v1/workflows -H 'x-fastn-api-key: %3$s' -H 'Content-Type: application/json' -d '{"name":"hello","code":"export default async function (ctx) { console.log(\\"got\\", ctx.input.event_type); return { hello: ctx.input.event_type }; }"}'

            2. Create a webhook with two filtered routes:

            curl -sS %1$s/api/v1/triggers -H 'x-fastn-api-key: %3$s' -H 'Content-Type: application/json' -d '{"type":"webhook","id":"%6$s","name":"orders","auth":{"type":"none"},"routes":[{"workflow":"hello","filter":{"event_type":"order.created"}},{"workflow":"hello","filter":{"event_type":"inventory.updated"}}]}'

            3. Send it an event:

            curl -sS %1$s/hooks/%6$s -H 'Content-Type: application/json' -d '{"event_type":"order.created","order":{"total":120}}'

            Executions are listed at %1$s/api/v1/executions. Ctrl-C stops Sluice; the data stays.
            """.formatted(url, credentials.getString("organizationId"), credentials.getString("liveKey"),
                credentials.getString("testKey"), file, exampleWebhook(credentials));
    }

    /** The same for an organization every time, so that the third command works after a restart too. */
    private static UUID exampleWebhook(JsonObject credentials) {
        return UUID.nameUUIDFromBytes(
                ("example webhook of " + credentials.getString("organizationId")).getBytes(StandardCharsets.UTF_8));
    }
}
