package dev.sluice.gateway.cli;

import dev.sluice.config.StartupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

import java.util.concurrent.Callable;

@Command(
        name = "start",
        description = "Run a node in the foreground (the default). SIGTERM or Ctrl-C drains and stops it.")
final class StartCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Sluice sluice;

    @Override
    public Integer call() throws StartupException {
        return sluice.runNode(true);
    }
}
