package dev.sluice.benchmarks.hostile.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects findings from many threads: the first of each sort, and how many there were. */
public final class Findings {
    private static final int MAX_SORTS = 500;

    private final Map<String, Sort> sorts = new LinkedHashMap<>();
    private long total;

    /** A sort of finding. */
    public record Sort(Finding first, long count) {}

    /** Notes one; answers whether it is the first of its sort. */
    public synchronized boolean add(Finding finding) {
        total++;
        String key = sorts.size() < MAX_SORTS ? finding.sort() : finding.invariant().name();
        return sorts.merge(key, new Sort(finding, 1), (before, one) -> new Sort(before.first(), before.count() + 1)).count() == 1;
    }

    /** Notes what did not hold. */
    public void add(Invariant invariant, String what, String seen, String where) {
        add(new Finding(invariant, what, seen, where));
    }

    /** Forgets all of them. */
    public synchronized void clear() {
        sorts.clear();
        total = 0;
    }

    /** Whether everything held. */
    public synchronized boolean isEmpty() {
        return total == 0;
    }

    /** How many there are of all sorts. */
    public synchronized long total() {
        return total;
    }

    /** How many there are of some invariants. */
    public synchronized long count(Set<Invariant> of) {
        return sorts.values().stream().filter(sort -> of.contains(sort.first().invariant())).mapToLong(Sort::count).sum();
    }

    /** What did not hold. */
    public synchronized Set<Invariant> broken() {
        Set<Invariant> broken = EnumSet.noneOf(Invariant.class);
        sorts.values().forEach(sort -> broken.add(sort.first().invariant()));
        return broken;
    }

    /** All sorts in the order in which they were found. */
    public synchronized List<Sort> sorts() {
        return new ArrayList<>(sorts.values());
    }
}
