package dev.sluice.gateway.http;

import dev.sluice.config.testing.ExpectsLog;
import dev.sluice.gateway.running.RawConnection;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** What the HTTP server does for its handlers, and that it is the limits that stop who abuses it. */
class HttpEdgeTest {
    private static final int LIMIT = 1 << 20;
    private static final int HOGS = 20;
    private static final String HOG = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: " + LIMIT + "\r\n\r\n" + " ".repeat(100 << 10);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger failures = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    @ExpectsLog("failed unexpectedly.*planted")
    void whatAHandlerThrowsBecomesAnAnswer() throws IOException {
        int port = listen(limits(1 << 20, LONG, LONG), bodies -> request -> {
            if ("/bad".equals(request.path())) {
                throw new IllegalStateException("planted");
            }
            request.response().end("good");
        });
        try (RawConnection connection = RawConnection.to("localhost", port)) {
            String bad = connection.send("GET /bad HTTP/1.1\r\nHost: a\r\n\r\n").answer();
            assertThat(bad).startsWith("HTTP/1.1 500").contains("incident").doesNotContain("planted");
            assertThat(connection.send("GET /good HTTP/1.1\r\nHost: a\r\n\r\n").answer()).endsWith("good");
        }
    }

    @Test
    void itIsTheBudgetThatRefusesUnfinishedBodies() throws IOException {
        assertThat(refusedOfHogs(limits(2 << 20, LONG, LONG), 2 << 20)).isPositive();
        assertThat(refusedOfHogs(limits(64 << 20, LONG, LONG), 64 << 20)).isZero();
    }

    /** How many of the hogs are turned away; the others hold what they have sent. */
    private int refusedOfHogs(EdgeLimits limits, int budget) throws IOException {
        failures.set(0);
        int port = listen(limits, this::reading);
        List<RawConnection> hogs = new ArrayList<>();
        try {
            for (int i = 0; i < HOGS; i++) {
                hogs.add(RawConnection.to("localhost", port).send(HOG));
            }
            // What is sent is either held or refused.
            Awaitility.await().until(() -> limits.bodies().used() >= (HOGS - failures.get()) * (100L << 10));
            assertThat(limits.bodies().used()).isLessThanOrEqualTo(budget);
            return failures.get();
        } finally {
            for (RawConnection hog : hogs) {
                hog.close();
            }
            Awaitility.await("all is given back").until(() -> limits.bodies().used() == 0);
        }
    }

    @Test
    void itIsTheTimeoutThatEndsBodiesThatDoNotCome() throws IOException {
        String part = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{";
        int strict = listen(limits(1 << 20, LONG, Duration.ofMillis(100)), this::reading);
        int patient = listen(limits(1 << 20, LONG, LONG), this::reading);
        try (RawConnection slow = RawConnection.to("localhost", strict).send(part);
                RawConnection same = RawConnection.to("localhost", patient).send(part)) {
            assertThat(slow.status()).isEqualTo(408);
            assertThat(same.send("\"a\":1234}").answer()).startsWith("HTTP/1.1 200").endsWith("{\"a\":1234}");
        }
    }

    @Test
    void itIsTheTimeoutThatEndsHeadersThatDoNotCome() throws IOException {
        int strict = listen(limits(1 << 20, Duration.ofMillis(100), LONG), this::reading);
        int patient = listen(limits(1 << 20, LONG, LONG), this::reading);
        try (RawConnection slow = RawConnection.to("localhost", strict).send("GET /x HT");
                RawConnection same = RawConnection.to("localhost", patient).send("GET /x HT")) {
            assertThat(slow.untilClosed()).isEmpty();
            assertThat(same.send("TP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(200);
        }
    }

    @Test
    void itIsTheLimitThatClosesConnections() throws IOException {
        EdgeLimits two = new EdgeLimits(new ConnectionLimit(2), new BodyBudget(LIMIT), LONG, LONG);
        int port = listen(two, this::reading);
        try (RawConnection first = RawConnection.to("localhost", port);
                RawConnection second = RawConnection.to("localhost", port);
                RawConnection third = RawConnection.to("localhost", port)) {
            assertThat(third.untilClosed()).isEmpty();
            assertThat(first.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(200);
            assertThat(second.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(200);
        }
        Awaitility.await("closed connections count no more").until(() -> two.connections().open() == 0);
    }

    private static EdgeLimits limits(int budget, Duration headers, Duration body) {
        return new EdgeLimits(new ConnectionLimit(1_000), new BodyBudget(budget), headers, body);
    }

    /** Answers with the body. */
    private Handler<HttpServerRequest> reading(Bodies bodies) {
        return request -> bodies.read(request, LIMIT, "the owner", new BodyReceiver() {
            @Override
            public void received(Body body) {
                request.response().end(Buffer.buffer(body.bytes()));
                body.release();
            }

            @Override
            public void failed(BodyFailure failure) {
                failures.incrementAndGet();
                failure.answer(request, LIMIT);
            }
        });
    }

    private int listen(EdgeLimits limits, Function<Bodies, Handler<HttpServerRequest>> handler) {
        HttpEdge edge = new HttpEdge("localhost", 0, limits, "/hooks/", handler, handler);
        vertx.deployVerticle(edge).await();
        return edge.actualPort();
    }
}
