package dev.sluice.benchmarks.ingress;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The peer: a Vert.x server that answers a POST with its own body and does nothing else. */
public final class EchoServer extends AbstractVerticle {
    private final int port;

    private EchoServer(int port) {
        this.port = port;
    }

    /** Listens on the port given, with one event loop a core, as Vert.x recommends. */
    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        vertx.deployVerticle(() -> new EchoServer(port),
                        new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
                .await();
    }

    /** Starts one in a process of its own. */
    static ChildJvm start(Path folder, int port) throws IOException {
        return ChildJvm.start(folder.resolve("echo.log"), Map.of(), EchoServer.class.getName(), Integer.toString(port));
    }

    @Override
    public void start() {
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(request -> request.body().onSuccess(body -> request.response().end(body)))
                .listen();
    }
}
