package dev.sluice.gateway.api;

import dev.sluice.config.definition.CustomerStore;
import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.TriggerStore;
import dev.sluice.config.definition.WorkflowStore;
import dev.sluice.config.id.Uuid7;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.executor.dispatcher.Submissions;
import dev.sluice.executor.dispatcher.history.DeadLetters;
import dev.sluice.executor.dispatcher.history.Events;
import dev.sluice.executor.dispatcher.history.Executions;
import dev.sluice.executor.dispatcher.history.UsageHistory;
import dev.sluice.executor.dispatcher.sandbox.Sandboxes;
import dev.sluice.gateway.http.Bodies;
import dev.sluice.gateway.ingress.Webhooks;
import dev.sluice.quota.Quotas;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * The management API with all it works on; makes one router for each event loop.
 *
 * @param baseUrl where webhooks are reached
 */
public record ManagementApi(Vertx vertx, Postgres postgres, Definitions definitions, Webhooks webhooks, Quotas quotas,
        Sandboxes sandboxes, Submissions submissions, Uuid7 ids, Supplier<String> baseUrl,
        ExecutorService virtualThreads) {
    /** Largest body of a call, in bytes. */
    public static final int BODY_LIMIT = 8 << 20;

    /** A router with every endpoint, for the event loop of {@code bodies}. */
    public Router router(Bodies bodies) {
        ApiRouter router = new ApiRouter(vertx, definitions, webhooks, quotas, bodies, virtualThreads);
        WorkflowStore workflows = new WorkflowStore(postgres);
        new WorkflowEndpoints(workflows, definitions, sandboxes, submissions, ids).addTo(router);
        TriggerStore triggers = new TriggerStore(postgres);
        new TriggerEndpoints(triggers, workflows, definitions, baseUrl, ids).addTo(router);
        new CustomerSecretEndpoints().addTo(router);
        new CustomerEndpoints(new CustomerStore(postgres), definitions, ids).addTo(router);
        Events events = new Events(postgres);
        new RoutingEndpoints(triggers, events).addTo(router);
        new HistoryEndpoints(new Executions(postgres), events).addTo(router);
        new BillingEndpoints(quotas, new UsageHistory(postgres)).addTo(router);
        new DeadLetterEndpoints(new DeadLetters(postgres), events, submissions).addTo(router);
        return router.router();
    }
}
