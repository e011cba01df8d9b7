package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Customer;
import dev.sluice.config.definition.Sha256;
import dev.sluice.config.definition.Trigger;
import dev.sluice.config.definition.WorkflowVersion;
import dev.sluice.config.id.Uuid7;
import dev.sluice.config.log.Causes;
import dev.sluice.config.log.Outage;
import dev.sluice.executor.dispatcher.Dispatcher;
import dev.sluice.executor.dispatcher.Event;
import dev.sluice.executor.dispatcher.EventHeaders;
import dev.sluice.executor.dispatcher.Execution;
import dev.sluice.executor.dispatcher.TriggeredBy;
import dev.sluice.executor.dispatcher.journal.Appended;
import dev.sluice.executor.dispatcher.journal.Journal;
import dev.sluice.executor.dispatcher.journal.JournalEntry;
import dev.sluice.gateway.filter.JsonError;
import dev.sluice.gateway.filter.Match;
import dev.sluice.gateway.http.BodyReader;
import dev.sluice.gateway.http.MediaTypes;
import dev.sluice.gateway.http.Problem;
import dev.sluice.gateway.http.QuotaHeaders;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Kind;
import dev.sluice.quota.Quotas;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/**
 * The way of an event: lookup webhook → admit → read body → verify → deduplicate → match routes → journal → answer →
 * run. Each step either goes on to the next or answers the request. One pipeline belongs to one event loop.
 */
public final class IngressPipeline {
    /** Every webhook's path begins with this. */
    public static final String PREFIX = "/hooks/";

    private static final Logger LOG = LoggerFactory.getLogger(IngressPipeline.class);
    /** Of all pipelines of this process together. */
    private static final Outage UNDECIDED = new Outage(LOG, "quotas cannot be decided");
    private static final Outage UNSTORED = new Outage(LOG, "events cannot be stored");
    private static final String CUSTOMER_HEADER = "x-fastn-customer-id";
    private static final int UUID_LENGTH = 36;

    private final Context context;
    private final Webhooks webhooks;
    private final Quotas quotas;
    private final Journal journal;
    private final Dispatcher dispatcher;
    private final Uuid7 ids;
    private final int bodyLimit;
    private final IngressMetrics metrics;
    private final Authenticator authenticator = new Authenticator();
    private final Match match = new Match();
    private final Underway underway;
    private final Refusing refusing;

    /** A pipeline for the event loop of {@code context}; journal, metrics and what is underway are the node's. */
    public IngressPipeline(Context context, Webhooks webhooks, Quotas quotas, Journal journal, Dispatcher dispatcher,
            Uuid7 ids, int bodyLimit, IngressMetrics metrics, Underway underway) {
        this.context = context;
        this.refusing = new Refusing(((ContextInternal) context).nettyEventLoop(), underway);
        this.webhooks = webhooks;
        this.quotas = quotas;
        this.journal = journal;
        this.dispatcher = dispatcher;
        this.ids = ids;
        this.bodyLimit = bodyLimit;
        this.metrics = metrics;
        this.underway = underway;
    }

    /** Handles one request whose path begins with {@link #PREFIX}. */
    public void handle(HttpServerRequest request) {
        Arrival arrival = lookup(request);
        if (arrival == null) {
            metrics.invalid.increment();
            return;
        }
        Problem impossible = impossible(request);
        if (impossible != null) {
            metrics.invalid.increment();
            impossible.send(request.response());
            return;
        }
        if (journal.isFull()) {
            metrics.overloaded.increment();
            arrival.refuseForNow("too many events wait to be stored; send this one again");
            return;
        }
        admit(arrival);
    }

    private @Nullable Arrival lookup(HttpServerRequest request) {
        String path = Objects.requireNonNull(request.path());
        int end = PREFIX.length() + UUID_LENGTH;
        Webhook webhook = path.length() == end || (path.length() > end && path.charAt(end) == '/')
                ? webhooks.find(uuid(path.substring(PREFIX.length(), end)))
                : null;
        if (webhook == null) {
            Problem.of(404, "there is no webhook with this id; its URL is in the answer to its creation")
                    .send(request.response());
            return null;
        }
        String subPath = path.length() == end ? "/" : path.substring(end);
        Trigger trigger = webhook.trigger();
        String named = trigger.customerId() != null
                ? trigger.customerId().toString()
                : request.getHeader(CUSTOMER_HEADER);
        if (named == null) {
            return new Arrival(request, webhook, subPath, null);
        }
        Customer customer = webhook.organization().customer(named);
        if (customer == null || !customer.active()) {
            Problem.of(404, "there is no active customer with the id or slug in " + CUSTOMER_HEADER)
                    .send(request.response());
            return null;
        }
        return new Arrival(request, webhook, subPath, customer);
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAnId) {
            return new UUID(0, 0);
        }
    }

    /** What the request line and headers alone rule out. */
    private @Nullable Problem impossible(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader("Allow", "POST");
            return Problem.of(405, "send events with POST");
        }
        String type = request.getHeader("content-type");
        if (type != null && !MediaTypes.isJson(type)) {
            return Problem.of(415, "send the event as JSON with Content-Type: application/json");
        }
        if (request.getHeader("content-encoding") != null) {
            return Problem.of(415, "send the event without Content-Encoding");
        }
        return BodyReader.declaredLength(request) > bodyLimit ? tooLarge() : null;
    }

    private Problem tooLarge() {
        return Problem.of(413, "the body is larger than the %d bytes accepted here".formatted(bodyLimit));
    }

    private void admit(Arrival arrival) {
        Admission remembered = quotas.remembered(arrival.subject(), Kind.EVENT);
        if (remembered != null) {
            refuse(arrival, remembered);
            return;
        }
        CompletionStage<Admission> deciding = quotas.admit(arrival.subject(), Kind.EVENT);
        if (deciding.toCompletableFuture().isDone()) {
            decided(arrival, deciding.toCompletableFuture().getNow(Admission.Granted.UNLIMITED));
            return;
        }
        arrival.request().pause();
        underway.begins();
        deciding.whenComplete((admission, failure) -> context.runOnContext(ignored -> {
            underway.ends();
            if (failure == null) {
                UNDECIDED.over();
                decided(arrival, admission);
            } else {
                arrival.request().resume();
                UNDECIDED.failed("%s: %s".formatted(arrival.webhook().named(), Causes.of(failure)));
                arrival.refuseForNow("quotas cannot be checked at the moment; try again");
            }
        }));
    }

    private void decided(Arrival arrival, Admission admission) {
        if (!(admission instanceof Admission.Granted granted)) {
            arrival.request().resume();
            refuse(arrival, admission);
            return;
        }
        QuotaHeaders.set(arrival.response(), granted);
        BodyReader.read(arrival.request(), bodyLimit,
                body -> verify(arrival, granted, body),
                () -> {
                    giveBack(arrival, granted, metrics.invalid);
                    tooLarge().send(arrival.response());
                });
    }

    private void refuse(Arrival arrival, Admission admission) {
        metrics.quotaRefused.increment();
        refusing.add(arrival.response(), admission);
    }

    private void verify(Arrival arrival, Admission.Granted admission, byte[] body) {
        String refusal = authenticator.refusal(arrival.webhook().trigger().auth(), arrival.request(), body);
        if (refusal != null) {
            giveBack(arrival, admission, metrics.unauthenticated);
            arrival.refuse(401, refusal);
            return;
        }
        match(arrival, admission, body);
    }

    private void match(Arrival arrival, Admission.Granted admission, byte[] body) {
        Customer customer = arrival.customer();
        arrival.webhook().matcher().match(body, new HttpRequestScope(
                arrival.request(), arrival.subPath(), customer == null ? null : customer.slug()), match);
        JsonError error = match.error();
        if (error != null) {
            giveBack(arrival, admission, metrics.invalid);
            arrival.refuse(400, "the body is not JSON: at byte " + error.offset() + ", " + error.reason());
            return;
        }
        journal(arrival, admission, entry(arrival, admission, body));
    }

    private JournalEntry entry(Arrival arrival, Admission.Granted admission, byte[] body) {
        Webhook webhook = arrival.webhook();
        Trigger trigger = webhook.trigger();
        HttpServerRequest request = arrival.request();
        Customer customer = arrival.customer();
        Sha256 key = DeduplicationKeys.find(trigger.deduplicationKey(), request, body);
        Event event = new Event(
                ids.next(), trigger.organizationId(), customer == null ? null : customer.id(), trigger.id(),
                TriggeredBy.WEBHOOK, request.method().name(), arrival.subPath(), request.query(),
                EventHeaders.received(request.headers()),
                BufferInternal.buffer(Unpooled.wrappedBuffer(body)),
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(),
                Receipt.of(webhook, match, admission, key));
        List<Execution> executions = new ArrayList<>(match.count());
        for (int i = 0; i < match.count(); i++) {
            int route = match.route(i);
            WorkflowVersion workflow = webhook.targets().get(route);
            if (workflow != null) {
                executions.add(execution(event, trigger, workflow, route));
            }
        }
        boolean sequential = trigger.executionMode() == Trigger.ExecutionMode.SEQUENTIAL;
        boolean leased = !executions.isEmpty() && !sequential && dispatcher.tryReserve(executions.size());
        return new JournalEntry(event, executions, leased, key);
    }

    private Execution execution(Event event, Trigger trigger, WorkflowVersion workflow, int route) {
        boolean sequential = trigger.executionMode() == Trigger.ExecutionMode.SEQUENTIAL;
        return new Execution(
                ids.next(), event.organizationId(), event.customerId(), event.id(), trigger.id(),
                workflow, TriggeredBy.WEBHOOK, event.body(), event.headers(), trigger.routes().get(route).headers(),
                trigger.deadLetterQueue(), sequential ? trigger.id() : null, 1, 0, 1);
    }

    private void journal(Arrival arrival, Admission.Granted admission, JournalEntry entry) {
        boolean instant = arrival.webhook().isInstant() && !entry.executions().isEmpty();
        if (instant && !entry.leased()) {
            giveBack(arrival, admission, metrics.overloaded);
            arrival.refuseForNow("no sandbox is free to run this at once; send it again");
            return;
        }
        underway.begins();
        journal.append(entry).onComplete(appended -> {
            underway.ends();
            if (appended.failed()) {
                UNSTORED.failed(arrival.webhook().named(), appended.cause());
                notWritten(arrival, admission, entry, metrics.overloaded);
                arrival.refuseForNow("the event could not be stored; send it again");
                return;
            }
            UNSTORED.over();
            switch (appended.result()) {
                case Appended.Committed committed -> committed(arrival, entry, instant);
                case Appended.Duplicate(var original) -> {
                    notWritten(arrival, admission, entry, metrics.duplicates);
                    Answers.duplicate(arrival.response(), original);
                }
                case Appended.Unstorable(var cause) -> {
                    LOG.debug("{} has an event that cannot be stored: {}", arrival.webhook().named(), cause.getMessage());
                    notWritten(arrival, admission, entry, metrics.invalid);
                    arrival.refuse(422, "the event has something in its path or headers that cannot be stored");
                }
            }
        });
    }

    private void committed(Arrival arrival, JournalEntry entry, boolean instant) {
        metrics.accepted.increment();
        if (instant) {
            Execution only = entry.executions().getFirst();
            dispatcher.run(only).onComplete(ended -> context.runOnContext(ignored ->
                    Answers.inline(arrival.response(), entry.event().id(), only.id(), ended)));
            return;
        }
        Answers.accepted(arrival.response(), entry);
        if (entry.leased()) {
            entry.executions().forEach(dispatcher::run);
        } else if (!entry.executions().isEmpty()) {
            dispatcher.wake();
        }
    }

    private void notWritten(Arrival arrival, Admission.Granted admission, JournalEntry entry,
            LongAdder counter) {
        if (entry.leased()) {
            dispatcher.release(entry.executions().size());
        }
        giveBack(arrival, admission, counter);
    }

    private void giveBack(Arrival arrival, Admission.Granted admission,
            LongAdder counter) {
        counter.increment();
        quotas.giveBack(arrival.subject(), admission);
    }
}
