package dev.sluice.executor.dispatcher.journal;

import dev.sluice.config.definition.Sha256;
import dev.sluice.executor.dispatcher.BodyCompression;
import dev.sluice.executor.dispatcher.Event;
import dev.sluice.executor.dispatcher.EventDetails;
import dev.sluice.executor.dispatcher.Execution;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An event with the executions it starts.
 *
 * @param details the event as it is stored, without its body
 * @param body the event's body as it is stored
 * @param leased whether the executions are journalled as leased to this node, which has reserved room for each
 * @param deduplicationKey digest of the event's deduplication key; null for none
 */
public record JournalEntry(
        Event event, String details, Buffer body, List<Execution> executions, boolean leased,
        @Nullable Sha256 deduplicationKey) {
    public JournalEntry {
        executions = List.copyOf(executions);
    }

    /** An entry whose event is written out already, so that the batch it is in has less to do. */
    public JournalEntry(Event event, List<Execution> executions, boolean leased, @Nullable Sha256 deduplicationKey) {
        this(event, BodyCompression.compress(event.body()), executions, leased, deduplicationKey);
    }

    private JournalEntry(
            Event event, Buffer body, List<Execution> executions, boolean leased, @Nullable Sha256 deduplicationKey) {
        this(event, EventDetails.toJson(event, body.length() < event.body().length()), body, executions, leased, deduplicationKey);
    }

    /** About how much memory this holds: what its sender chose the size of, and a little for the rest. */
    long bytes() {
        return 1024L + event.body().length() + body.length() + details.length() + 256L * executions.size();
    }
}
