package dev.sluice.gateway;

import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.Organization;
import dev.sluice.config.id.Uuid7;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.settings.Settings;
import dev.sluice.executor.dispatcher.Dispatcher;
import dev.sluice.executor.dispatcher.DispatcherMetrics;
import dev.sluice.executor.dispatcher.Submissions;
import dev.sluice.executor.dispatcher.history.UsageHistory;
import dev.sluice.executor.dispatcher.journal.Journal;
import dev.sluice.executor.dispatcher.sandbox.PoolStatus;
import dev.sluice.executor.dispatcher.sandbox.Sandboxes;
import dev.sluice.gateway.api.ManagementApi;
import dev.sluice.gateway.api.UsageRestoration;
import dev.sluice.gateway.http.Bodies;
import dev.sluice.gateway.http.BodyBudget;
import dev.sluice.gateway.http.ConnectionLimit;
import dev.sluice.gateway.http.EdgeLimits;
import dev.sluice.gateway.http.Health;
import dev.sluice.gateway.http.HttpEdge;
import dev.sluice.gateway.http.Metrics;
import dev.sluice.gateway.ingress.IngressMetrics;
import dev.sluice.gateway.ingress.IngressPipeline;
import dev.sluice.gateway.ingress.Underway;
import dev.sluice.gateway.ingress.Webhooks;
import dev.sluice.quota.QuotaMode;
import dev.sluice.quota.Quotas;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.Router;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Everything of a node that speaks HTTP. */
final class HttpFront implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final long RESTORE_SECONDS = 5;
    private static final double LONGEST_SETTLEMENT_SECONDS = 10;
    private static final long API_CALLS_GRACE_SECONDS = 2;

    /** Servers that listen on the same negative port share one that Vert.x picks; with 0 each would get its own. */
    private static final int SHARED_FREE_PORT = -1;

    private final Settings settings;
    private final Vertx vertx;
    private final Postgres postgres;
    private final Definitions definitions;
    private final Quotas quotas;
    private final Sandboxes sandboxes;
    private final Dispatcher dispatcher;
    private final Uuid7 ids;
    private final Webhooks webhooks = new Webhooks();
    private final IngressMetrics ingressMetrics = new IngressMetrics();
    private final Underway underway = new Underway();
    private final Metrics metrics = new Metrics();
    private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final Journal journal;
    private final EdgeLimits limits;
    private final Health health;
    private volatile boolean draining;
    private volatile int port;
    private @Nullable String deployment;

    HttpFront(Settings settings, Vertx vertx, Postgres postgres, Definitions definitions, Quotas quotas,
            Sandboxes sandboxes, Dispatcher dispatcher, Uuid7 ids, boolean durable) {
        this.settings = settings;
        this.vertx = vertx;
        this.postgres = postgres;
        this.definitions = definitions;
        this.quotas = quotas;
        this.sandboxes = sandboxes;
        this.dispatcher = dispatcher;
        this.ids = ids;
        this.journal = new Journal(((VertxInternal) vertx).createEventLoopContext(), postgres.journal(),
                dispatcher::nodeId, settings.journal().maxPending(),
                settings.journal().maxPendingBytes(), settings.journal().deduplicationWindow());
        this.limits = new EdgeLimits(
                ConnectionLimit.within(settings.http().maxConnections()),
                new BodyBudget(settings.http().maxBodyBytes()),
                settings.http().headerTimeout(), settings.http().bodyTimeout());
        metrics.gauge("sluice_postgres_durable", () -> durable ? 1 : 0);
        this.health = new Health(() -> draining)
                .check("postgres", () -> postgres.ping().map("up"))
                .check("redis", () -> quotas.mode() == QuotaMode.EXACT
                        ? Future.succeededFuture("up, quotas are exact")
                        : Future.failedFuture("quotas are " + quotas.mode().key()))
                .check("sandbox", this::sandboxState)
                .check("settlement", this::settlementState);
    }

    /** Listens; throws if the port cannot be had. */
    void start() throws NodeStartException {
        definitions.onChange(webhooks::accept);
        register();
        restoreUsage();
        Context submissionContext = vertx.getOrCreateContext();
        ManagementApi api = new ManagementApi(vertx, postgres, definitions, webhooks, quotas, sandboxes,
                new Submissions(submissionContext, journal, dispatcher, ids), ids, this::url, virtualThreads);
        int loops = Runtime.getRuntime().availableProcessors();
        try {
            int wanted = settings.http().port() == 0 ? SHARED_FREE_PORT : settings.http().port();
            HttpEdge first = edge(api, wanted);
            deployment = vertx.deployVerticle(first).await();
            port = first.actualPort();
            for (int i = 1; i < loops; i++) {
                vertx.deployVerticle(edge(api, wanted), new DeploymentOptions()).await();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new NodeStartException("cannot listen on %s:%d: %s. If another program uses the port, set http.port (SLUICE_HTTP_PORT) to another."
                    .formatted(settings.http().host(), settings.http().port(), e.getMessage()), e);
        }
    }

    /** Before anything is admitted: a Redis that came up empty must not let customers begin their day anew. */
    private void restoreUsage() {
        UsageRestoration restoration = new UsageRestoration(quotas, new UsageHistory(postgres));
        for (Organization organization : definitions.snapshot().organizations()) {
            restoration.restore(organization)
                    .timeout(RESTORE_SECONDS, TimeUnit.SECONDS)
                    .onFailure(failure -> LOG.warn("today's usage could not be restored; POST /api/v1/billing/usage/restore "
                            + "does it later: {}", failure.getMessage()))
                    .otherwise(0)
                    .await();
        }
    }

    /** Where this node is reached from this machine. */
    String url() {
        String host = settings.http().host();
        return "http://%s:%d".formatted(host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host, port);
    }

    /** Not ready any more: load balancers look elsewhere while what runs is finished. */
    void refuseNewWork() {
        draining = true;
    }

    @Override
    public void close() {
        if (deployment != null) {
            for (String id : vertx.deploymentIDs()) {
                vertx.undeploy(id).await();
            }
        }
        virtualThreads.shutdown();
        try {
            if (!virtualThreads.awaitTermination(API_CALLS_GRACE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("API calls under way did not end within {} s", API_CALLS_GRACE_SECONDS);
                virtualThreads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        metrics.close();
    }

    private HttpEdge edge(ManagementApi api, int listenPort) {
        return new HttpEdge(settings.http().host(), listenPort, limits, IngressPipeline.PREFIX, this::ingress,
                bodies -> router(api, bodies));
    }

    private Handler<HttpServerRequest> ingress(Bodies bodies) {
        IngressPipeline pipeline = new IngressPipeline(vertx.getOrCreateContext(), webhooks, quotas, journal,
                dispatcher, ids, bodies, settings.http().bodyLimit(), ingressMetrics, underway);
        return pipeline::handle;
    }

    private Router router(ManagementApi api, Bodies bodies) {
        Router router = api.router(bodies);
        router.route(HttpMethod.GET, "/health/live").method(HttpMethod.HEAD).handler(context -> health.live(context.request()));
        router.route(HttpMethod.GET, "/health/ready").method(HttpMethod.HEAD).handler(context -> health.ready(context.request()));
        router.route(HttpMethod.GET, "/metrics").method(HttpMethod.HEAD).handler(context -> metrics.handle(context.request()));
        return router;
    }

    private Future<String> sandboxState() {
        if (settings.sandbox().processes() == 0) {
            return Future.succeededFuture("none here, other nodes execute");
        }
        PoolStatus status = sandboxes.status();
        return status.ready() > 0
                ? Future.succeededFuture("up, %d of %d processes, JIT %s".formatted(
                        status.ready(), status.processes().size(), status.jit() ? "on" : "off"))
                : Future.failedFuture("no process is ready");
    }

    /** Seen from here, so that it is seen too when the event loop that stores the ends stands still. */
    private Future<String> settlementState() {
        double oldest = dispatcher.oldestEndSeconds();
        return oldest <= LONGEST_SETTLEMENT_SECONDS
                ? Future.succeededFuture("up")
                : Future.failedFuture("an execution ended %.0f s ago and its end is not stored yet".formatted(oldest));
    }

    private void register() {
        DispatcherMetrics executions = dispatcher.metrics();
        metrics.counter("sluice_events_total", "outcome", "accepted", ingressMetrics.accepted)
                .counter("sluice_events_total", "outcome", "duplicate", ingressMetrics.duplicates)
                .counter("sluice_events_total", "outcome", "quota_refused", ingressMetrics.quotaRefused)
                .counter("sluice_events_total", "outcome", "unauthenticated", ingressMetrics.unauthenticated)
                .counter("sluice_events_total", "outcome", "invalid", ingressMetrics.invalid)
                .counter("sluice_events_total", "outcome", "overloaded", ingressMetrics.overloaded)
                .counter("sluice_events_total", "outcome", "fault", ingressMetrics.faults)
                .counter("sluice_executions_total", "outcome", "completed", executions.completed)
                .counter("sluice_executions_total", "outcome", "failed", executions.failed)
                .counter("sluice_executions_total", "outcome", "timeout", executions.timedOut)
                .counter("sluice_executions_total", "outcome", "retried", executions.retried)
                .counter("sluice_executions_total", "outcome", "sandbox_lost", executions.lost)
                .counter("sluice_executions_total", "outcome", "lease_refused", executions.refused)
                .counter("sluice_executions_total", "outcome", "claimed", executions.claimed)
                .gauge("sluice_connections", limits.connections()::open)
                .gauge("sluice_body_bytes", limits.bodies()::used)
                .gauge("sluice_executions_running", dispatcher::running)
                .gauge("sluice_settlement_oldest_seconds", dispatcher::oldestEndSeconds)
                .gauge("sluice_sandbox_ready", () -> sandboxes.status().ready())
                .gauge("sluice_sandbox_jit", () -> sandboxes.status().jit() ? 1 : 0)
                .gauge("sluice_sandbox_restarts", () -> sandboxes.status().restarts())
                .gauge("sluice_quota_exact", () -> quotas.mode() == QuotaMode.EXACT ? 1 : 0);
    }
}
