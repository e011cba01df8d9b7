package dev.sluice.gateway.cli;

import dev.sluice.config.StartupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "status",
        description = "Tell whether the node of this data directory runs and is ready.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:running and ready", "1:not running, or not ready"})
final class StatusCommand implements Callable<Integer> {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Sluice sluice;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws StartupException, IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path directory = sluice.settingsOfDataDirectory(spec.commandLine().getErr()).dataDir();
        Optional<NodeRecord> living = NodeRecord.ofLiving(directory);
        if (living.isEmpty()) {
            out.println("not running in " + directory.toAbsolutePath().normalize());
            return Sluice.FAILED;
        }
        NodeRecord record = living.get();
        if (!record.ready()) {
            out.println("starting (process " + record.pid() + ")");
            return Sluice.FAILED;
        }
        if (record.url().isEmpty()) {
            out.println("running as a worker (process " + record.pid() + ")");
            return 0;
        }
        boolean ready = answersReady(record.url().get());
        out.println("%s at %s (process %d)"
                .formatted(ready ? "ready" : "running but not ready", record.url().get(), record.pid()));
        return ready ? 0 : Sluice.FAILED;
    }

    private static boolean answersReady(String url) throws InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url + "/health/ready")).timeout(ANSWER_LIMIT).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
