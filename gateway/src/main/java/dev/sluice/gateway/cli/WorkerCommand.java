package dev.sluice.gateway.cli;

import dev.sluice.config.StartupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

import java.util.concurrent.Callable;

@Command(
        name = "worker",
        description = "Run a node without the HTTP edge. Needs a data directory of its own and the other nodes' servers.")
final class WorkerCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Sluice sluice;

    @Override
    public Integer call() throws StartupException {
        return sluice.runNode(false);
    }
}
