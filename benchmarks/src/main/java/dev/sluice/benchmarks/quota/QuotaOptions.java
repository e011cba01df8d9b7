package dev.sluice.benchmarks.quota;

import dev.sluice.benchmarks.UsageException;

import java.util.List;

/**
 * What can be said on the command line.
 *
 * @param seconds length of one measurement
 * @param inFlight calls that are kept waiting for their answers at any time
 * @param redis URI of a Redis to measure on; empty for one of the benchmark's own
 */
record QuotaOptions(int rounds, double seconds, int inFlight, String redis) {
    private static final String USAGE =
            "[--rounds 5] [--seconds 1] [--in-flight 64] [--redis redis://host:port]";

    static QuotaOptions parse(List<String> arguments) {
        if (arguments.contains("--help")) {
            throw UsageException.help(USAGE);
        }
        QuotaOptions options = new QuotaOptions(5, 1, 64, "");
        for (int i = 0; i < arguments.size(); i += 2) {
            options = options.with(arguments.get(i), i + 1 < arguments.size() ? arguments.get(i + 1) : "");
        }
        return options;
    }

    private QuotaOptions with(String name, String value) {
        try {
            return switch (name) {
                case "--rounds" -> new QuotaOptions(positive(Integer.parseInt(value)), seconds, inFlight, redis);
                case "--seconds" -> new QuotaOptions(rounds, positive(Double.parseDouble(value)), inFlight, redis);
                case "--in-flight" -> new QuotaOptions(rounds, seconds, positive(Integer.parseInt(value)), redis);
                case "--redis" -> new QuotaOptions(rounds, seconds, inFlight, uri(value));
                default -> throw UsageException.wrong("unknown option " + name, USAGE);
            };
        } catch (NumberFormatException notOne) {
            throw UsageException.wrong(name + " needs a number greater than 0, not '" + value + "'", USAGE);
        }
    }

    private static int positive(int number) {
        return (int) positive((double) number);
    }

    private static double positive(double number) {
        if (number > 0) {
            return number;
        }
        throw new NumberFormatException();
    }

    private static String uri(String value) {
        if (value.startsWith("redis://") || value.startsWith("rediss://")) {
            return value;
        }
        throw UsageException.wrong("--redis needs an address such as redis://host:port, not '" + value + "'", USAGE);
    }
}
