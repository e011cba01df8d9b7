package dev.sluice.executor.sandbox;

import dev.sluice.executor.sandbox.js.JavaScript;
import dev.sluice.executor.sandbox.protocol.ContextMode;
import dev.sluice.executor.sandbox.protocol.Frame;
import dev.sluice.executor.sandbox.protocol.Limits;
import dev.sluice.executor.sandbox.protocol.Outcome;
import dev.sluice.executor.sandbox.protocol.TurnBoard;
import dev.sluice.executor.sandbox.run.Executions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WarmUpTest {
    @Test
    void whatIsSlowTheFirstTimeHasBeenUsedBeforeTheProcessIsReady(@TempDir Path folder) throws Exception {
        Limits limits = Limits.defaults();
        WarmUp warmUp = new WarmUp();
        try (JavaScript javascript = new JavaScript(limits)) {
            Executions executions = new Executions(
                    javascript, new Frame.Configure(limits, ContextMode.WARM, 2, 4),
                    TurnBoard.create(folder.resolve("turns"), TurnBoard.slots(2)), warmUp, complaint -> {});
            warmUp.run(executions);

            await().atMost(30, TimeUnit.SECONDS).until(() -> warmUp.firstUses() != null);
            assertThat(warmUp.firstUses()).isInstanceOf(Outcome.Completed.class);
            Outcome.Completed completed = (Outcome.Completed) Objects.requireNonNull(warmUp.firstUses());
            assertThat(new String(completed.resultJson(), StandardCharsets.UTF_8).replaceAll("\\p{Zs}", " "))
                    .contains("\"number\":\"1.234,50 €\"")
                    .contains("\"date\":\"Thursday, January 1, 1970 at 1:00:00 AM GMT+1\"")
                    .contains("\"localDate\":\"01/01/1970 00:00:00\"", "\"localNumber\":\"1,234.5\"", "\"sorted\":\"aäb-1\"")
                    .contains("\"plural\":\"few\"", "\"relative\":\"1 day ago\"", "\"list\":\"a and b\"", "\"words\":3")
                    .contains("\"region\":\"Germany\"", "\"unicode\":true", "\"url\":\"https://example.com/a%20b?c=d&e=f\"")
                    .contains("\"copy\":0", "\"random\":40", "\"base64\":\"x\"", "\"bytes\":\"ä\"");
        }
    }
}
