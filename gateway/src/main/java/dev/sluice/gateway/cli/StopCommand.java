package dev.sluice.gateway.cli;

import dev.sluice.config.StartupException;
import dev.sluice.config.datadirectory.DataDirectory;
import dev.sluice.config.embedded.EmbeddedServers;
import dev.sluice.config.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

@Command(
        name = "stop",
        description = "Drain and stop the node of this data directory, or the servers a killed node left.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing runs any more", "1:the node did not end in time"})
final class StopCommand implements Callable<Integer> {
    /** What stopping takes besides the executions' grace time. */
    private static final Duration SERVERS_LIMIT = Duration.ofSeconds(70);

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Sluice sluice;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Settings settings = sluice.settingsOfDataDirectory(spec.commandLine().getErr());
        Logging.configure(settings.log().level());
        Path directory = settings.dataDir();
        Optional<NodeRecord> record = NodeRecord.ofLiving(directory);
        return record.isPresent() ? stop(record.get()) : stopOrphans(directory);
    }

    private int stop(NodeRecord record) throws Exception {
        Duration limit = record.drainGrace().plus(SERVERS_LIMIT);
        PrintWriter out = spec.commandLine().getOut();
        Optional<ProcessHandle> process = record.process();
        if (process.isPresent()) {
            process.get().destroy();
            try {
                process.get().onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                spec.commandLine().getErr().println("sluice: process %d was told to stop and still runs after %d s"
                        .formatted(record.pid(), limit.toSeconds()));
                return Sluice.FAILED;
            }
        }
        out.println("stopped (process " + record.pid() + ")");
        return 0;
    }

    private int stopOrphans(Path directory) throws StartupException, InterruptedException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (!Files.isDirectory(directory)) {
            out.println("not running: there is no data directory " + directory.toAbsolutePath().normalize());
            return 0;
        }
        try (DataDirectory owned = DataDirectory.open(directory)) {
            EmbeddedServers.stopOrphans(owned).forEach(server -> out.println("stopped the embedded " + server
                    + " that a killed node had left"));
            out.println("not running in " + owned.path());
            return 0;
        }
    }
}
