package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Customer;
import dev.sluice.config.definition.Sha256;
import dev.sluice.config.definition.Trigger;
import dev.sluice.config.definition.WorkflowVersion;
import dev.sluice.config.id.Uuid7;
import dev.sluice.executor.dispatcher.Event;
import dev.sluice.executor.dispatcher.EventHeaders;
import dev.sluice.executor.dispatcher.Execution;
import dev.sluice.executor.dispatcher.TriggeredBy;
import dev.sluice.executor.dispatcher.journal.JournalEntry;
import dev.sluice.gateway.filter.Match;
import dev.sluice.quota.Admission;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the filters made of an event, kept while it waits to be charged: the next event's match takes the place of this
 * one's.
 *
 * @param routes those that matched and whose workflow is deployed
 * @param receipt its first part
 */
@SuppressWarnings("ArrayRecordComponent") // on their way through, never compared
record Routed(byte[] body, int[] routes, StringBuilder receipt, @Nullable Sha256 deduplicationKey) {
    static Routed of(Arrival arrival, Match match, byte[] body) {
        Webhook webhook = arrival.webhook();
        int[] routes = new int[match.count()];
        int count = 0;
        for (int i = 0; i < routes.length; i++) {
            if (webhook.targets().get(match.route(i)) != null) {
                routes[count++] = match.route(i);
            }
        }
        return new Routed(body, count == routes.length ? routes : Arrays.copyOf(routes, count),
                Receipt.begin(webhook, match),
                DeduplicationKeys.find(webhook, arrival.request(), match));
    }

    boolean isEmpty() {
        return routes.length == 0;
    }

    /** How many executions the event starts. */
    int size() {
        return routes.length;
    }

    /** The event with its executions, as it is journalled. */
    JournalEntry entry(Arrival arrival, Admission.Granted admission, boolean leased, Uuid7 ids) {
        Trigger trigger = arrival.webhook().trigger();
        HttpServerRequest request = arrival.request();
        Customer customer = arrival.customer();
        Buffer bytes = BufferInternal.buffer(Unpooled.wrappedBuffer(body));
        Event event = new Event(
                ids.next(), trigger.organizationId(), customer == null ? null : customer.id(), trigger.id(),
                TriggeredBy.WEBHOOK, request.method().name(), arrival.subPath(),
                trigger.credentials().blanked(request.query()),
                EventHeaders.received(request.headers(), trigger.credentials()), bytes,
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(),
                Receipt.end(receipt, admission, deduplicationKey));
        List<Execution> executions = new ArrayList<>(routes.length);
        for (int route : routes) {
            WorkflowVersion workflow = arrival.webhook().targets().get(route);
            if (workflow != null) {
                executions.add(execution(event, trigger, workflow, route, ids));
            }
        }
        return new JournalEntry(event, executions, leased, deduplicationKey);
    }

    private static Execution execution(
            Event event, Trigger trigger, WorkflowVersion workflow, int route, Uuid7 ids) {
        boolean sequential = trigger.executionMode() == Trigger.ExecutionMode.SEQUENTIAL;
        return new Execution(
                ids.next(), event.organizationId(), event.customerId(), event.id(), trigger.id(),
                workflow, TriggeredBy.WEBHOOK, event.body(), event.headers(), trigger.routes().get(route).headers(),
                trigger.deadLetterQueue(), sequential ? trigger.id() : null, 1, 0, 1);
    }
}
