package dev.sluice.benchmarks.hostile.check;

import dev.sluice.benchmarks.hostile.input.Attacker;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the requests of one batch, as far as it is to be checked. */
public final class Batch {
    private final int number;
    private final Instant startedAt = Instant.now();
    private final List<Accepted> accepted = new ArrayList<>();
    private long runs;
    /** Executions that were acknowledged, with the request each is of, by attacker. */
    private final Map<Integer, Map<String, String>> executions = new LinkedHashMap<>();

    /** A batch that begins now. */
    public Batch(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Notes an event that was acknowledged. */
    public synchronized void accept(@Nullable Accepted event) {
        if (event != null) {
            accepted.add(event);
            event.executions().forEach(id -> execution(event.hook().tenant(), id, event.where()));
        }
    }

    /** Notes an execution that was acknowledged for a run or a replay. */
    public synchronized void run(int tenant, String id, String where) {
        runs++;
        execution(tenant, id, where);
    }

    private void execution(int tenant, String id, String where) {
        executions.computeIfAbsent(tenant, any -> new LinkedHashMap<>()).put(id, where);
    }

    /** Events that were acknowledged. */
    public synchronized List<Accepted> accepted() {
        return List.copyOf(accepted);
    }

    /** How many requests were committed and run. */
    public synchronized long ran() {
        return accepted.stream().filter(event -> !event.executions().isEmpty()).count() + runs;
    }

    synchronized Map<String, String> executions(Attacker attacker) {
        return Map.copyOf(executions.getOrDefault(attacker.tenant(), Map.of()));
    }
}
