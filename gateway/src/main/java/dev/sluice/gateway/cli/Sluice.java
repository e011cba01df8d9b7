package dev.sluice.gateway.cli;

import dev.sluice.config.StartupException;
import dev.sluice.config.settings.Settings;
import dev.sluice.gateway.Gateway;
import dev.sluice.gateway.NodeStarter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/** Entry point of the gateway process and of the commands that talk to it. */
@Command(
        name = "sluice",
        description = "Event gateway and workflow executor.",
        synopsisSubcommandLabel = "[COMMAND]",
        versionProvider = Version.class,
        subcommands = {
            StartCommand.class,
            StopCommand.class,
            StatusCommand.class,
            WorkerCommand.class,
            BenchCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Without a command, sluice starts a node. Settings come from the file named with",
            "--config and from SLUICE_* environment variables; README.md lists them."
        })
public final class Sluice implements Callable<Integer> {
    /** The process could not do what it was told, for a reason that its message gives. */
    static final int FAILED = 1;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings file (Java properties, UTF-8).",
            scope = ScopeType.INHERIT)
    private @Nullable Path config;

    private final NodeStarter starter;
    private final Map<String, String> environment;

    Sluice(NodeStarter starter, Map<String, String> environment) {
        this.starter = starter;
        this.environment = environment;
    }

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine(Gateway::start, System.getenv()).execute(arguments));
    }

    /** The command line around one way to start a node. */
    static CommandLine commandLine(NodeStarter starter, Map<String, String> environment) {
        return new CommandLine(new Sluice(starter, environment))
                .setExecutionExceptionHandler((failure, command, result) -> {
                    if (failure instanceof StartupException expected) {
                        expected.getMessage().lines().forEach(line -> command.getErr().println("sluice: " + line));
                        return FAILED;
                    }
                    throw failure;
                });
    }

    @Override
    public Integer call() throws StartupException {
        return runNode(true);
    }

    /** Runs a node until the process is told to stop. */
    int runNode(boolean httpEdge) throws StartupException {
        Settings settings = Settings.load(config, environment);
        if (!httpEdge && settings.sandbox().processes() == 0) {
            throw new IdleNodeException();
        }
        Logging.configure(settings.log().level());
        return new NodeProcess(settings, starter, httpEdge).run();
    }

    /** The settings for a command about the data directory; problems with others are only told. */
    Settings settingsOfDataDirectory(PrintWriter err) throws StartupException {
        return Settings.loadForDataDirectory(config, environment,
                problem -> err.println("sluice: ignored: " + problem.message()));
    }
}
