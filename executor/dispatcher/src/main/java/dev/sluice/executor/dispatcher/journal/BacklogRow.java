package dev.sluice.executor.dispatcher.journal;

import dev.sluice.executor.dispatcher.Execution;
import dev.sluice.executor.dispatcher.TriggeredBy;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Executions that wait for a node and differ in nothing but their ids and events, stored as one row. */
record BacklogRow(List<Execution> executions) {
    /** A node takes a whole row into the queue at once; that should not be much more than it can run. */
    private static final int MAX_EXECUTIONS = 64;

    private record Alike(UUID organizationId, @Nullable UUID customerId, @Nullable UUID triggerId, TriggeredBy by,
            UUID workflowId, int version, Map<String, String> routeHeaders, boolean deadLetter) {}

    Execution first() {
        return executions.getFirst();
    }

    static List<BacklogRow> of(List<Execution> waiting) {
        Map<Alike, List<Execution>> groups = new LinkedHashMap<>();
        for (Execution execution : waiting) {
            groups.computeIfAbsent(
                    new Alike(execution.organizationId(), execution.customerId(), execution.triggerId(),
                            execution.triggeredBy(), execution.workflow().workflowId(), execution.workflow().version(),
                            execution.routeHeaders(), execution.deadLetter()),
                    alike -> new ArrayList<>()).add(execution);
        }
        List<BacklogRow> rows = new ArrayList<>();
        for (List<Execution> group : groups.values()) {
            for (int from = 0; from < group.size(); from += MAX_EXECUTIONS) {
                rows.add(new BacklogRow(group.subList(from, Math.min(group.size(), from + MAX_EXECUTIONS))));
            }
        }
        return rows;
    }
}
