package dev.sluice.benchmarks.ingress;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What can be said on the command line.
 *
 * @param rate events per second of an open loop; 0 for a closed loop
 * @param body file with the event to send; null for the one that comes with the benchmark
 */
record IngressOptions(int connections, Duration warmUp, Duration measured, int rounds, double rate, @Nullable Path body) {
    static final String USAGE =
            "[--connections 64] [--warmup 8] [--seconds 10] [--rounds 3] [--rate EVENTS_PER_SECOND] [--body FILE]";

    static IngressOptions parse(List<String> arguments) {
        IngressOptions options =
                new IngressOptions(64, Duration.ofSeconds(8), Duration.ofSeconds(10), 3, 0, null);
        for (int i = 0; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(arguments.get(i) + " needs a value; usage: " + USAGE);
            }
            options = options.with(arguments.get(i), arguments.get(i + 1));
        }
        return options;
    }

    private IngressOptions with(String name, String value) {
        return switch (name) {
            case "--connections" -> new IngressOptions(Integer.parseInt(value), warmUp, measured, rounds, rate, body);
            case "--warmup" -> new IngressOptions(connections, seconds(value), measured, rounds, rate, body);
            case "--seconds" -> new IngressOptions(connections, warmUp, seconds(value), rounds, rate, body);
            case "--rounds" -> new IngressOptions(connections, warmUp, measured, Integer.parseInt(value), rate, body);
            case "--rate" -> new IngressOptions(connections, warmUp, measured, rounds, Double.parseDouble(value), body);
            case "--body" -> new IngressOptions(connections, warmUp, measured, rounds, rate, Path.of(value));
            default -> throw new IllegalArgumentException("unknown option " + name + "; usage: " + USAGE);
        };
    }

    private static Duration seconds(String value) {
        return Duration.ofSeconds(Long.parseLong(value));
    }
}
