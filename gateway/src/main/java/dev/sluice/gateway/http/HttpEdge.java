package dev.sluice.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.function.Function;

/**
 * The HTTP server of one event loop; several of them share a port. Webhooks go straight to their pipeline, everything
 * else through the router.
 */
public final class HttpEdge extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);
    private static final int MAX_HEADER_BYTES = 32 << 10;
    private static final int MAX_URI_BYTES = 8 << 10;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(75);

    private final String host;
    private final int port;
    private final String webhookPrefix;
    private final EdgeLimits limits;
    private final Function<Bodies, Handler<HttpServerRequest>> webhooks;
    private final Function<Bodies, Handler<HttpServerRequest>> router;
    private final HttpDate date = new HttpDate();
    private final HostHeader hostHeader = new HostHeader();
    private HttpServer server;

    /**
     * A server that does not listen yet.
     *
     * @param webhookPrefix what the path of every webhook begins with
     * @param webhooks makes the handler of those paths, on the event loop it is for
     * @param router makes the handler of all other paths, likewise
     */
    @SuppressWarnings("NullAway.Init") // the server exists once the verticle has started
    public HttpEdge(String host, int port, EdgeLimits limits, String webhookPrefix,
            Function<Bodies, Handler<HttpServerRequest>> webhooks, Function<Bodies, Handler<HttpServerRequest>> router) {
        this.host = host;
        this.port = port;
        this.limits = limits;
        this.webhookPrefix = webhookPrefix;
        this.webhooks = webhooks;
        this.router = router;
    }

    @Override
    public Future<?> start() {
        Bodies bodies = new Bodies(vertx, limits.bodies(), limits.bodyTimeout());
        OpenConnections connections = new OpenConnections(vertx, limits.connections(), limits.headerTimeout(), KEEP_ALIVE);
        Handler<HttpServerRequest> ingress = webhooks.apply(bodies);
        Handler<HttpServerRequest> others = router.apply(bodies);
        server = vertx.createHttpServer(new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_URI_BYTES)
                .setIdleTimeout(Math.toIntExact(KEEP_ALIVE.toSeconds()))
                // A hundred streams on one connection would escape the limits that are counted by the connection.
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true));
        server.exceptionHandler(failure -> LOG.debug("a connection failed: {}", failure.toString()));
        server.connectionHandler(connections::opened);
        server.invalidRequestHandler(this::refuseUnreadable);
        server.requestHandler(request -> {
            connections.began(request);
            request.response().putHeader(HttpHeaders.DATE, date.now());
            try {
                handle(request, ingress, others);
            } catch (RuntimeException | StackOverflowError failure) {
                Incidents.problem(failure, request.method() + " request").send(request.response());
            }
        });
        return server.listen();
    }

    private void handle(
            HttpServerRequest request, Handler<HttpServerRequest> ingress, Handler<HttpServerRequest> others) {
        Problem wrapped = ContentCodings.transferRefusal(request);
        if (wrapped != null) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            wrapped.send(request.response());
            request.connection().close();
            return;
        }
        Problem problem = hostHeader.problem(request);
        if (problem == null) {
            problem = Expectation.unmet(request);
        }
        String path = request.path();
        if (problem != null) {
            problem.send(request.response());
        } else if (path != null && path.startsWith(webhookPrefix)) {
            ingress.handle(request);
        } else {
            others.handle(request);
        }
    }

    /** The port in use; of the servers that share one, each knows it. */
    public int actualPort() {
        return server.actualPort();
    }

    private void refuseUnreadable(HttpServerRequest request) {
        Throwable why = request.decoderResult().cause();
        String what = why == null ? "it is not HTTP" : String.valueOf(why.getMessage());
        request.response().putHeader(HttpHeaders.DATE, date.now());
        int status = why instanceof SpokenVersions.UnspokenVersionException ? 505 : 400;
        Problem.of(status, "the request cannot be read: " + what).send(request.response());
        request.connection().close();
    }
}
