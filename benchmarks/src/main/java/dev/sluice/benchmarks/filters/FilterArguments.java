package dev.sluice.benchmarks.filters;

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
    static final String USAGE = "usage: ./sluice bench filters [FORKS] [SET ...], where FORKS is from 1 to 20 (3 unless given) and SET"
            + " one of routing, mixed, sampled, repeated (all unless given)";
    private static final int DEFAULT_FORKS = 3;
    private static final int MOST_FORKS = 20;

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException with what is wrong, for the one who typed them
     */
    static FilterArguments of(List<String> arguments) {
        boolean counted = !arguments.isEmpty() && arguments.getFirst().matches("\\d{1,3}");
        int forks = counted ? Integer.parseInt(arguments.getFirst()) : DEFAULT_FORKS;
        if (forks < 1 || forks > MOST_FORKS) {
            throw new IllegalArgumentException("the number of forks must be from 1 to " + MOST_FORKS + ", not " + forks);
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
        throw new IllegalArgumentException("no set of rules is called " + name);
    }
}
