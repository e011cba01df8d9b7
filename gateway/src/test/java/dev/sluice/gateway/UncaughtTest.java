package dev.sluice.gateway;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.config.testing.ExpectsLog;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

@ExpectsLog("unexpected failure on thread .*planted")
class UncaughtTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Uncaught.class);

    private final Vertx vertx = Vertx.vertx();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        LOG.addAppender(logged);
        Uncaught.logOf(vertx);
    }

    @AfterEach
    void leave() {
        LOG.detachAppender(logged);
        vertx.close().await();
    }

    @Test
    void whatNoCodeCatchesIsOneLineWithItsPlace() throws InterruptedException {
        vertx.runOnContext(ignored -> fail());
        vertx.setTimer(1, ignored -> fail());
        vertx.createHttpServer().requestHandler(request -> fail()).listen(0)
                .onSuccess(server -> vertx.createHttpClient().request(
                                HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                        .onSuccess(request -> request.send()));
        Thread.ofPlatform().start(UncaughtTest::fail).join();
        Awaitility.await().until(() -> logged.list.size() == 4);
        assertThat(logged.list).allSatisfy(event -> {
            assertThat(event.getFormattedMessage()).startsWith("unexpected failure on thread ")
                    .contains("IllegalStateException: planted at UncaughtTest.fail:").doesNotContain("\n");
            assertThat(event.getThrowableProxy()).isNull();
        });
    }

    private static void fail() {
        throw new IllegalStateException("planted");
    }
}
