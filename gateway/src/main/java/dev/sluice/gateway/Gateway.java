package dev.sluice.gateway;

import dev.sluice.config.StartupException;
import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.OrganizationStore;
import dev.sluice.config.definition.WorkflowVersions;
import dev.sluice.config.id.Uuid7;
import dev.sluice.config.postgres.Migrations;
import dev.sluice.config.postgres.Postgres;
import dev.sluice.config.settings.Settings;
import dev.sluice.executor.dispatcher.Dispatcher;
import dev.sluice.executor.dispatcher.Housekeeping;
import dev.sluice.executor.dispatcher.queue.ExecutionQueue;
import dev.sluice.executor.dispatcher.sandbox.SandboxPool;
import dev.sluice.executor.dispatcher.state.WorkflowState;
import dev.sluice.quota.Quotas;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A node of the product: everything put together in the order in which it depends on each other, and taken apart in the
 * reverse order.
 */
public final class Gateway implements RunningNode {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration HOUSEKEEPING_INTERVAL = Duration.ofMinutes(10);
    private static final Duration CONNECTIONS_LIMIT = Duration.ofSeconds(2);
    private static final Duration SANDBOXES_LIMIT = Duration.ofSeconds(10);
    /** To give back to the queue what did not finish in its grace time. */
    private static final Duration GIVING_BACK_LIMIT = Duration.ofSeconds(5);
    private static final int APP_CONNECTIONS = 8;
    private static final int PIPELINE_CONNECTIONS = 8;

    private final Settings settings;
    private final Lifecycle lifecycle = new Lifecycle();
    private @Nullable HttpFront front;
    private String welcome = "Sluice executes what other nodes accept.";

    private Gateway(Settings settings) {
        this.settings = settings;
    }

    /** Starts a node, see {@link NodeStarter}. */
    public static RunningNode start(NodeOptions options) throws StartupException, InterruptedException {
        Gateway gateway = new Gateway(options.settings());
        try {
            gateway.assemble(options);
            return gateway;
        } catch (IOException e) {
            gateway.close();
            throw new NodeStartException("cannot use the data directory: " + e.getMessage(), e);
        } catch (StartupException | InterruptedException | RuntimeException | Error e) {
            gateway.close();
            throw e;
        }
    }

    private void assemble(NodeOptions options) throws StartupException, InterruptedException, IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Uncaught.logOf(vertx);
        lifecycle.add("event loops", () -> vertx.close().await(), CONNECTIONS_LIMIT);

        // The sandbox processes need no database to warm up: they start while the schema is brought up to date.
        CompletableFuture<WorkflowState> state = new CompletableFuture<>();
        SandboxPool sandboxes = Sandboxing.start(settings.sandbox(), state);
        lifecycle.add("sandboxes", sandboxes, SANDBOXES_LIMIT);

        int migrated = Migrations.migrate(options.connections().postgresUri());
        if (migrated > 0) {
            LOG.info("applied {} migrations", migrated);
        }
        Postgres postgres = new Postgres(
                vertx, options.connections().postgresUri(), APP_CONNECTIONS, PIPELINE_CONNECTIONS);
        lifecycle.add("database connections", postgres, CONNECTIONS_LIMIT);
        state.complete(new WorkflowState(postgres));
        boolean durable = postgres.isDurable().await();
        if (!durable) {
            LOG.warn("PostgreSQL runs without fsync, full_page_writes or synchronous_commit: what is answered with 202 "
                    + "can be lost in a power cut");
        }

        Uuid7 ids = new Uuid7();
        FirstRun firstRun = new FirstRun(options.dataDirectory(), new OrganizationStore(postgres), ids);
        firstRun.ensureOrganization();
        Housekeeping housekeeping = new Housekeeping(vertx, postgres.pipeline(), settings.journal().retention());
        housekeeping.start(HOUSEKEEPING_INTERVAL).await();
        lifecycle.add("housekeeping", housekeeping);

        Definitions definitions = new Definitions(vertx, postgres);
        lifecycle.add("definitions", definitions, CONNECTIONS_LIMIT);
        definitions.start().await();

        Context context = vertx.getOrCreateContext();
        ExecutionQueue queue = new ExecutionQueue(vertx, context, postgres.pipeline(), ids,
                Instance.of(options.dataDirectory()), settings.executor().leaseTimeout());
        Dispatcher dispatcher = new Dispatcher(
                vertx, context, queue, sandboxes, definitions, new WorkflowVersions(postgres, definitions));
        lifecycle.add("dispatcher", () -> dispatcher.drain(settings.executor().drainGrace()).await(),
                settings.executor().drainGrace().plus(GIVING_BACK_LIMIT));
        dispatcher.start().await();

        if (options.httpEdge()) {
            Quotas quotas = Quoting.open(settings.quota(), options.connections(), dispatcher::nodes);
            lifecycle.add("quotas", quotas);
            HttpFront http = new HttpFront(settings, vertx, postgres, definitions, quotas, sandboxes, dispatcher, ids, durable);
            lifecycle.add("HTTP", http);
            http.start();
            front = http;
            welcome = new Welcome(http.url(), firstRun.file()).text(firstRun.reachedAt(http.url()), Welcome.isAtTerminal());
        }
        Sandboxing.awaitReady(sandboxes);
    }

    @Override
    public Optional<String> url() {
        return Optional.ofNullable(front).map(HttpFront::url);
    }

    @Override
    public String welcome() {
        return welcome;
    }

    @Override
    public void close() {
        if (front != null) {
            front.refuseNewWork();
        }
        lifecycle.close();
    }
}
