package dev.sluice.executor.dispatcher.testing;

import dev.sluice.config.definition.RetryPolicy;
import dev.sluice.config.definition.Sha256;
import dev.sluice.config.definition.Tier;
import dev.sluice.config.definition.WorkflowVersion;
import dev.sluice.config.id.Uuid7;
import dev.sluice.executor.dispatcher.Event;
import dev.sluice.executor.dispatcher.EventHeaders;
import dev.sluice.executor.dispatcher.Execution;
import dev.sluice.executor.dispatcher.TriggeredBy;
import dev.sluice.executor.dispatcher.journal.JournalEntry;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events and executions of one organization, one trigger and one workflow. */
public final class Samples {
    private final Uuid7 ids = new Uuid7();
    private final UUID organization;
    private final UUID trigger = ids.next();
    private final WorkflowVersion workflow;

    public Samples() {
        this(new Uuid7().next(), new WorkflowVersion(new Uuid7().next(), "sample", 1, Tier.STANDARD,
                Duration.ofMinutes(1), RetryPolicy.STANDARD, "export default () => 1"));
    }

    public Samples(UUID organization, WorkflowVersion workflow) {
        this.organization = organization;
        this.workflow = workflow;
    }

    public UUID organization() {
        return organization;
    }

    public UUID trigger() {
        return trigger;
    }

    public Event event(@Nullable UUID customer, String path, Buffer body) {
        return new Event(ids.next(), organization, customer, trigger, TriggeredBy.WEBHOOK, "POST", path, null,
                EventHeaders.NONE, body, "127.0.0.1", "{}");
    }

    public Event event(String body) {
        return event(null, "/", Buffer.buffer(body));
    }

    public Execution execution(Event event, boolean sequential) {
        return new Execution(ids.next(), event.organizationId(), event.customerId(), event.id(),
                event.triggerId(), workflow, TriggeredBy.WEBHOOK, event.body(), event.headers(), Map.of("route", "1"),
                true, sequential ? trigger : null, 1, 0, 1);
    }

    /** An event with one execution that waits in the queue. */
    public JournalEntry waiting(@Nullable UUID customer) {
        return waiting(customer, "{\"n\":1}");
    }

    /** An event with a body and one execution that waits in the queue. */
    public JournalEntry waiting(@Nullable UUID customer, String body) {
        Event event = event(customer, "/", Buffer.buffer(body));
        return new JournalEntry(event, List.of(execution(event, false)), false, null);
    }

    /** An event that the database refuses: no version is negative. */
    public JournalEntry unstorable(@Nullable Sha256 key) {
        Event event = event("{}");
        WorkflowVersion impossible = new WorkflowVersion(workflow.workflowId(), workflow.slug(), -1, workflow.tier(),
                workflow.timeout(), workflow.retry(), workflow.code());
        return new JournalEntry(event, List.of(new Samples(organization, impossible).execution(event, false)), true, key);
    }

    /** An event whose execution must wait for those before it. */
    public JournalEntry sequential() {
        Event event = event("{}");
        return new JournalEntry(event, List.of(execution(event, true)), false, null);
    }

    /** An event with one execution that this node runs at once. */
    public JournalEntry leased() {
        Event event = event("{\"n\":1}");
        return new JournalEntry(event, List.of(execution(event, false)), true, null);
    }

    /** An event with a deduplication key. */
    public JournalEntry keyed(String key) {
        Event event = event("{}");
        return new JournalEntry(event, List.of(execution(event, false)), false, Sha256.of(key));
    }
}
