package dev.sluice.gateway.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/** Stands in the help for what the launcher script runs on a class path of its own. */
@Command(name = "bench", description = "Run a benchmark; without a name, list them.")
final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Benchmark and its arguments.")
    private @Nullable List<String> arguments;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        err.println("sluice: benchmarks are not on the gateway's class path; run ./sluice bench "
                + (arguments == null ? "" : String.join(" ", arguments)));
        return Sluice.FAILED;
    }
}
