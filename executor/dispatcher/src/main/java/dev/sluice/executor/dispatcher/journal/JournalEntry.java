package dev.sluice.executor.dispatcher.journal;

import dev.sluice.config.definition.Sha256;
import dev.sluice.executor.dispatcher.Event;
import dev.sluice.executor.dispatcher.Execution;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An event with the executions it starts.
 *
 * @param leased whether the executions are journalled as leased to this node, which has reserved room for each
 * @param deduplicationKey digest of the event's deduplication key; null for none
 */
public record JournalEntry(
        Event event, List<Execution> executions, boolean leased, @Nullable Sha256 deduplicationKey) {
    public JournalEntry {
        executions = List.copyOf(executions);
    }

    /** About how much memory this holds: what its sender chose the size of, and a little for the rest. */
    long bytes() {
        return 1024L + event.body().length() + event.headers().characters() + event.receipt().length()
                + 256L * executions.size();
    }
}
