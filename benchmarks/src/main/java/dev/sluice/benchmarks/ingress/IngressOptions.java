package dev.sluice.benchmarks.ingress;

import dev.sluice.benchmarks.UsageException;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What can be said on the command line.
 *
 * @param rate events per second of an open loop; 0 for a closed loop
 * @param niceness of the process that floods, see {@link FloodBench}
 * @param body file with the event to send; null for the one that comes with the benchmark
 */
record IngressOptions(int connections, Duration warmUp, Duration measured, int rounds, double rate, int niceness,
        @Nullable Path body) {
    static final String USAGE = "[--connections 64] [--warmup 8] [--seconds 10] [--rounds 3] [--rate EVENTS_PER_SECOND] "
            + "[--niceness 0] [--body FILE]";

    static IngressOptions parse(List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            throw UsageException.help(USAGE);
        }
        IngressOptions options =
                new IngressOptions(64, Duration.ofSeconds(8), Duration.ofSeconds(10), 3, 0, 0, null);
        for (int i = 0; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                throw UsageException.wrong(arguments.get(i) + " needs a value", USAGE);
            }
            options = options.with(arguments.get(i), arguments.get(i + 1));
        }
        return options;
    }

    /** Longer than before the rounds that follow: until then most of the code is interpreted or being compiled. */
    Duration firstWarmUp() {
        return warmUp.multipliedBy(3);
    }

    private IngressOptions with(String name, String value) {
        try {
            return switch (name) {
                case "--connections" -> new IngressOptions(positive(value), warmUp, measured, rounds, rate, niceness, body);
                case "--warmup" -> new IngressOptions(connections, seconds(value), measured, rounds, rate, niceness, body);
                case "--seconds" -> new IngressOptions(connections, warmUp, seconds(value), rounds, rate, niceness, body);
                case "--rounds" -> new IngressOptions(connections, warmUp, measured, positive(value), rate, niceness, body);
                case "--rate" -> new IngressOptions(
                        connections, warmUp, measured, rounds, Double.parseDouble(value), niceness, body);
                case "--niceness" -> new IngressOptions(
                        connections, warmUp, measured, rounds, rate, Integer.parseInt(value), body);
                case "--body" -> new IngressOptions(connections, warmUp, measured, rounds, rate, niceness, Path.of(value));
                default -> throw UsageException.wrong("unknown option " + name, USAGE);
            };
        } catch (NumberFormatException notANumber) {
            throw UsageException.wrong(name + " wants a number, not " + value, USAGE);
        }
    }

    private static int positive(String value) {
        int number = Integer.parseInt(value);
        if (number <= 0) {
            throw new NumberFormatException();
        }
        return number;
    }

    private static Duration seconds(String value) {
        return Duration.ofSeconds(positive(value));
    }
}
