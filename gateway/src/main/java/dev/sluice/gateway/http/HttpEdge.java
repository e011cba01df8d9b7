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

import java.util.function.Supplier;

/**
 * The HTTP server of one event loop; several of them share a port. Webhooks go straight to their pipeline, everything
 * else through the router.
 */
public final class HttpEdge extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);
    private static final int MAX_HEADER_BYTES = 32 << 10;
    private static final int MAX_URI_BYTES = 8 << 10;
    private static final int IDLE_SECONDS = 75;

    private final String host;
    private final int port;
    private final String webhookPrefix;
    private final Supplier<Handler<HttpServerRequest>> webhooks;
    private final Supplier<Handler<HttpServerRequest>> router;
    private HttpServer server;

    /**
     * A server that does not listen yet.
     *
     * @param webhookPrefix what the path of every webhook begins with
     * @param webhooks makes the handler of those paths, on the event loop it is for
     * @param router makes the handler of all other paths, likewise
     */
    @SuppressWarnings("NullAway.Init") // the server exists once the verticle has started
    public HttpEdge(String host, int port, String webhookPrefix, Supplier<Handler<HttpServerRequest>> webhooks,
            Supplier<Handler<HttpServerRequest>> router) {
        this.host = host;
        this.port = port;
        this.webhookPrefix = webhookPrefix;
        this.webhooks = webhooks;
        this.router = router;
    }

    @Override
    public Future<?> start() {
        Handler<HttpServerRequest> ingress = webhooks.get();
        Handler<HttpServerRequest> others = router.get();
        server = vertx.createHttpServer(new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_URI_BYTES)
                .setIdleTimeout(IDLE_SECONDS)
                .setHandle100ContinueAutomatically(true)
                .setTcpNoDelay(true));
        server.exceptionHandler(failure -> LOG.debug("a connection failed: {}", failure.toString()));
        server.invalidRequestHandler(HttpEdge::refuseUnreadable);
        server.requestHandler(request -> {
            Problem wrapped = ContentCodings.transferRefusal(request);
            if (wrapped != null) {
                request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                wrapped.send(request.response());
                request.connection().close();
                return;
            }
            String path = request.path();
            if (path != null && path.startsWith(webhookPrefix)) {
                ingress.handle(request);
            } else {
                others.handle(request);
            }
        });
        return server.listen();
    }

    /** The port in use; of the servers that share one, each knows it. */
    public int actualPort() {
        return server.actualPort();
    }

    private static void refuseUnreadable(HttpServerRequest request) {
        Throwable why = request.decoderResult().cause();
        String what = why == null ? "it is not HTTP" : String.valueOf(why.getMessage());
        Problem.of(400, "the request cannot be read: " + what).send(request.response());
        request.connection().close();
    }
}
