package dev.sluice.benchmarks.filters;

import dev.sluice.benchmarks.UsageException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What of the benchmark to run.
 *
 * @param forks processes for each figure
 * @param kinds the sets of rules
 */
record FilterArguments(int forks, List<Rules> kinds) {
    private static final String USAGE = "[FORKS] [SET ...], where FORKS is from 1 to 20 (3 unless given) and SET"
            + " one of routing, mixed, sampled, repeated (all unless given)";
    private static final int DEFAULT_FORKS = 3;
    private static final int MOST_FORKS = 20;

    static FilterArguments of(List<String> arguments) {
        if (arguments.contains("--help")) {
            throw UsageException.help(USAGE);
        }
        boolean counted = !arguments.isEmpty() && arguments.getFirst().matches("\\d{1,3}");
        int forks = counted ? Integer.parseInt(arguments.getFirst()) : DEFAULT_FORKS;
        if (forks < 1 || forks > MOST_FORKS) {
            throw UsageException.wrong("the number of forks must be from 1 to " + MOST_FORKS + ", not " + forks, USAGE);
        }
        List<Rules> kinds = new ArrayList<>();
        for (String name : arguments.subList(counted ? 1 : 0, arguments.size())) {
            kinds.add(kind(name));
        }
        return new FilterArguments(forks, kinds.isEmpty() ? List.of(Rules.values()) : kinds.stream().distinct().toList());
    }

    private static Rules kind(String name) {
        for (Rules kind : Rules.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return kind;
            }
        }
        throw UsageException.wrong("no set of rules is called " + name, USAGE);
    }
}
