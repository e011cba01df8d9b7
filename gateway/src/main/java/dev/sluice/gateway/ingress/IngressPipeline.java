package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Customer;
import dev.sluice.config.definition.WebhookAuth;
import dev.sluice.config.id.Uuid7;
import dev.sluice.config.log.Outage;
import dev.sluice.executor.dispatcher.Dispatcher;
import dev.sluice.executor.dispatcher.Execution;
import dev.sluice.executor.dispatcher.journal.Appended;
import dev.sluice.executor.dispatcher.journal.Journal;
import dev.sluice.executor.dispatcher.journal.JournalEntry;
import dev.sluice.gateway.filter.JsonError;
import dev.sluice.gateway.filter.Match;
import dev.sluice.gateway.http.Bodies;
import dev.sluice.gateway.http.Body;
import dev.sluice.gateway.http.BodyFailure;
import dev.sluice.gateway.http.BodyReceiver;
import dev.sluice.gateway.http.ContentCodings;
import dev.sluice.gateway.http.Incidents;
import dev.sluice.gateway.http.MediaTypes;
import dev.sluice.gateway.http.Problem;
import dev.sluice.gateway.http.QuotaHeaders;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Kind;
import dev.sluice.quota.Quotas;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * The way of an event: lookup webhook → peek at a known block → key from headers → read body → verify signature → match
 * routes → charge → journal and deduplicate → answer → run. A stage answers why the event is not taken, or null; what was
 * taken for an event that is not committed is given back in one place. One pipeline belongs to one event loop.
 */
public final class IngressPipeline {
    /** Every webhook's path begins with this. */
    public static final String PREFIX = "/hooks/";

    private static final Logger LOG = LoggerFactory.getLogger(IngressPipeline.class);
    /** Of all pipelines of this process together. */
    private static final Outage UNSTORED = new Outage(LOG, "events cannot be stored");
    private static final String CUSTOMER_HEADER = "x-fastn-customer-id";
    private static final int UUID_LENGTH = 36;
    private static final UUID NO_ID = new UUID(0, 0);

    private final Context context;
    private final Webhooks webhooks;
    private final Quotas quotas;
    private final Journal journal;
    private final Dispatcher dispatcher;
    private final Uuid7 ids;
    private final Bodies bodies;
    private final int bodyLimit;
    private final IngressMetrics metrics;
    private final Authenticator authenticator = new Authenticator();
    private final Match match = new Match();
    private final Underway underway;
    private final Refusing refusing;

    /** A pipeline for the event loop of {@code context}; journal, metrics and what is underway are the node's. */
    public IngressPipeline(Context context, Webhooks webhooks, Quotas quotas, Journal journal, Dispatcher dispatcher,
            Uuid7 ids, Bodies bodies, int bodyLimit, IngressMetrics metrics, Underway underway) {
        this.context = context;
        this.refusing = new Refusing(((ContextInternal) context).nettyEventLoop(), underway);
        this.webhooks = webhooks;
        this.quotas = quotas;
        this.journal = journal;
        this.dispatcher = dispatcher;
        this.ids = ids;
        this.bodies = bodies;
        this.bodyLimit = bodyLimit;
        this.metrics = metrics;
        this.underway = underway;
    }

    /** Handles one request whose path begins with {@link #PREFIX}. */
    public void handle(HttpServerRequest request) {
        Arrival arrival = lookup(request);
        if (arrival == null) {
            metrics.invalid.increment();
            Problem.of(404, "there is no webhook with this id; its URL is in the answer to its creation")
                    .send(request.response());
            return;
        }
        try {
            Refusal refusal = byHeaders(arrival);
            if (refusal == null) {
                bodies.read(request, bodyLimit, arrival.webhook().trigger().id(), receiver(arrival));
            } else {
                refuse(arrival, refusal);
            }
        } catch (RuntimeException | StackOverflowError fault) {
            fault(arrival, fault);
        }
    }

    private @Nullable Arrival lookup(HttpServerRequest request) {
        String path = Objects.requireNonNull(request.path());
        int end = PREFIX.length() + UUID_LENGTH;
        Webhook webhook = path.length() == end || (path.length() > end && path.charAt(end) == '/')
                ? webhooks.find(uuid(path.substring(PREFIX.length(), end)))
                : null;
        return webhook == null ? null : new Arrival(request, webhook, path.length() == end ? "/" : path.substring(end),
                Sender.of(webhook, request.getHeader(CUSTOMER_HEADER)));
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAnId) {
            return NO_ID;
        }
    }

    /** What the request line and headers alone rule out. */
    private @Nullable Refusal byHeaders(Arrival arrival) {
        HttpServerRequest request = arrival.request();
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader("Allow", "POST");
            return new Refusal.Invalid(405, "send events with POST");
        }
        String type = request.getHeader("content-type");
        if (type != null && !MediaTypes.isJson(type)) {
            return new Refusal.Invalid(415, "send the event as JSON with Content-Type: application/json");
        }
        Problem encoded = ContentCodings.refusal(request);
        if (encoded != null) {
            return new Refusal.Invalid(encoded.status(), encoded.detail());
        }
        if (journal.isFull()) {
            return new Refusal.Overloaded("too many events wait to be stored; send this one again");
        }
        boolean claimed = arrival.sender() instanceof Sender.Claimed;
        Refusal blocked = claimed ? null : knownBlock(arrival);
        if (blocked != null) {
            return blocked;
        }
        WebhookAuth auth = arrival.webhook().trigger().auth();
        String unauthenticated = authenticator.refusalByHeaders(auth, arrival.sender(), request);
        if (unauthenticated != null) {
            return new Refusal.Unauthenticated(unauthenticated);
        }
        return claimed && auth instanceof WebhookAuth.ApiKey ? knownBlock(arrival) : null;
    }

    private @Nullable Refusal knownBlock(Arrival arrival) {
        Admission.Refused remembered = quotas.remembered(arrival.subject(), Kind.EVENT);
        return remembered == null ? null : new Refusal.OverQuota(remembered);
    }

    private BodyReceiver receiver(Arrival arrival) {
        return new BodyReceiver() {
            @Override
            public void received(Body body) {
                arrival.holds(body);
                try {
                    byBody(arrival, body.bytes());
                } catch (RuntimeException | StackOverflowError fault) {
                    fault(arrival, fault);
                }
            }

            @Override
            public void failed(BodyFailure failure) {
                refuse(arrival, new Refusal.NoBody(failure));
            }
        };
    }

    private void byBody(Arrival arrival, byte[] body) {
        String unsigned = authenticator.refusalByBody(
                arrival.webhook().trigger().auth(), arrival.sender(), arrival.request(), body);
        if (unsigned != null) {
            refuse(arrival, new Refusal.Unauthenticated(unsigned));
            return;
        }
        Customer customer = arrival.customer();
        if (arrival.sender() instanceof Sender.Inactive || (customer != null && !customer.active())) {
            refuse(arrival, new Refusal.Invalid(404, "the customer that this event is for is not active"));
            return;
        }
        arrival.webhook().matcher().match(body, new HttpRequestScope(
                arrival.request(), arrival.subPath(), customer == null ? null : customer.slug()), match);
        JsonError error = match.error();
        if (error != null) {
            refuse(arrival, new Refusal.Invalid(
                    400, "the body is not JSON: at byte " + error.offset() + ", " + error.reason()));
            return;
        }
        charge(arrival, Routed.of(arrival, match, body));
    }

    private void charge(Arrival arrival, Routed routed) {
        CompletionStage<Admission> deciding = quotas.admit(arrival.subject(), Kind.EVENT);
        if (deciding.toCompletableFuture().isDone()) {
            charged(arrival, routed, deciding.toCompletableFuture().join());
            return;
        }
        underway.begins();
        deciding.whenComplete((admission, failure) -> context.runOnContext(ignored -> {
            underway.ends();
            try {
                if (failure == null) {
                    charged(arrival, routed, admission);
                } else {
                    fault(arrival, failure);
                }
            } catch (RuntimeException | StackOverflowError fault) {
                fault(arrival, fault);
            }
        }));
    }

    private void charged(Arrival arrival, Routed routed, Admission admission) {
        if (!(admission instanceof Admission.Granted granted)) {
            refuse(arrival, new Refusal.OverQuota(admission));
            return;
        }
        arrival.charged(granted);
        QuotaHeaders.set(arrival.response(), granted);
        Webhook webhook = arrival.webhook();
        boolean leased = !routed.isEmpty() && !webhook.isSequential() && dispatcher.tryReserve(routed.size());
        if (leased) {
            arrival.reserved(routed.size());
        } else if (webhook.isInstant() && !routed.isEmpty()) {
            refuse(arrival, new Refusal.Overloaded("no sandbox is free to run this at once; send it again"));
            return;
        }
        journal(arrival, routed.entry(arrival, granted, leased, ids));
    }

    private void journal(Arrival arrival, JournalEntry entry) {
        Future<Appended> appending = journal.append(entry);
        arrival.releaseBody();
        underway.begins();
        appending.onComplete(appended -> {
            underway.ends();
            try {
                if (appended.failed()) {
                    UNSTORED.failed(arrival.webhook().named(), appended.cause());
                    refuse(arrival, new Refusal.Overloaded("the event could not be stored; send it again"));
                } else {
                    UNSTORED.over();
                    journalled(arrival, entry, appended.result());
                }
            } catch (RuntimeException | StackOverflowError fault) {
                fault(arrival, fault);
            }
        });
    }

    private void journalled(Arrival arrival, JournalEntry entry, Appended appended) {
        switch (appended) {
            case Appended.Committed committed -> committed(arrival, entry);
            case Appended.Duplicate(var original) -> {
                metrics.duplicates.increment();
                giveBack(arrival);
                Answers.duplicate(arrival.response(), original);
            }
            case Appended.Unstorable(var cause) -> {
                LOG.debug("an {} cannot be stored: {}", arrival, cause.getMessage());
                refuse(arrival, new Refusal.Invalid(
                        422, "the event has something in its path or headers that cannot be stored"));
            }
        }
    }

    /** From here on the event counts and its executions run, whatever becomes of the answer. */
    private void committed(Arrival arrival, JournalEntry entry) {
        metrics.accepted.increment();
        arrival.takeCharge();
        arrival.takeReserved();
        if (arrival.webhook().isInstant() && entry.leased()) {
            Execution only = entry.executions().getFirst();
            dispatcher.run(only).onComplete(ended -> context.runOnContext(ignored -> {
                try {
                    Answers.inline(arrival.response(), entry.event().id(), only.id(), ended,
                            arrival.webhook().trigger().errors());
                } catch (RuntimeException | StackOverflowError fault) {
                    fault(arrival, fault);
                }
            }));
            return;
        }
        try {
            Answers.accepted(arrival.response(), entry);
        } finally {
            if (entry.leased()) {
                entry.executions().forEach(dispatcher::run);
            } else if (!entry.executions().isEmpty()) {
                dispatcher.wake();
            }
        }
    }

    /** The one exit of events that are not taken. */
    private void refuse(Arrival arrival, Refusal refusal) {
        giveBack(arrival);
        HttpServerResponse response = arrival.response();
        switch (refusal) {
            case Refusal.OverQuota(var admission) -> {
                metrics.quotaRefused.increment();
                refusing.add(response, admission);
            }
            case Refusal.Invalid(int status, String detail) -> {
                metrics.invalid.increment();
                Problem.of(status, detail).send(response);
            }
            case Refusal.Unauthenticated(String detail) -> {
                metrics.unauthenticated.increment();
                Problem.of(401, detail).send(response);
            }
            case Refusal.Overloaded(String detail) -> {
                metrics.overloaded.increment();
                Problem.of(503, detail).send(response.putHeader(HttpHeaders.RETRY_AFTER, "1"));
            }
            case Refusal.NoBody(BodyFailure failure) -> {
                (failure == BodyFailure.NO_MEMORY ? metrics.overloaded : metrics.invalid).increment();
                failure.answer(arrival.request(), bodyLimit);
            }
        }
        LOG.debug("refused an {}: {}", arrival, refusal);
    }

    /** The one exit of faults: the sender is answered, and what was taken for the event is given back. */
    private void fault(Arrival arrival, Throwable fault) {
        metrics.faults.increment();
        giveBack(arrival);
        Incidents.problem(fault, "an " + arrival).send(arrival.response());
    }

    private void giveBack(Arrival arrival) {
        arrival.releaseBody();
        Admission.Granted charge = arrival.takeCharge();
        if (charge != null) {
            quotas.giveBack(arrival.subject(), charge);
        }
        int reserved = arrival.takeReserved();
        if (reserved > 0) {
            dispatcher.release(reserved);
        }
    }
}
