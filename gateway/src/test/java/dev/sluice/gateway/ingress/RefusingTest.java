package dev.sluice.gateway.ingress;

import dev.sluice.quota.Admission;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.internal.ContextInternal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** When refusals are answered, on a real server. */
@SuppressWarnings("NullAway.Init") // made before each test
class RefusingTest {
    private static final Duration FOREVER = Duration.ofHours(1);
    private final Vertx vertx = Vertx.vertx();
    private final Underway underway = new Underway();
    private HttpClient client;

    @BeforeEach
    void connect() {
        client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(2_000));
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void nothingUnderwayNothingToWaitFor() {
        int port = serve(FOREVER, 100, new CountDownLatch(1));

        assertThat(statuses(refused(port, 50))).hasSize(50).containsOnly(503);
    }

    @Test
    void aRefusalGivesWayToAnEventUntilThatIsThrough() throws Exception {
        CountDownLatch arrived = new CountDownLatch(20);
        int port = serve(FOREVER, 100, arrived);
        underway.begins();
        List<Future<Integer>> refusals = refused(port, 20);
        arrived.await();

        for (int i = 0; i < 50; i++) {
            assertThat(get(port, "/other").await()).isEqualTo(200);
        }
        assertThat(refusals).noneMatch(Future::isComplete);
        underway.ends();
        assertThat(statuses(refusals)).containsOnly(503);
    }

    @Test
    void patienceEnds() {
        int port = serve(Duration.ofMillis(10), 100, new CountDownLatch(1));
        underway.begins();

        assertThat(statuses(refused(port, 20))).containsOnly(503);
    }

    @Test
    void notMoreThanSoManyWait() throws Exception {
        CountDownLatch arrived = new CountDownLatch(30);
        int port = serve(FOREVER, 10, arrived);
        underway.begins();
        List<Future<Integer>> refusals = refused(port, 30);
        arrived.await();

        await().until(() -> refusals.stream().filter(Future::isComplete).count() == 21);
        underway.ends();
        assertThat(statuses(refusals)).containsOnly(503);
    }

    /** Refuses what asks for /refused, and answers everything else with 200. */
    private int serve(Duration patience, int maxWaiting, CountDownLatch arrived) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        Refusing refusing = new Refusing(context.nettyEventLoop(), underway, patience, maxWaiting);
        return Future.<HttpServer>future(listening -> context.runOnContext(ignored -> vertx.createHttpServer()
                .requestHandler(request -> answer(request, refusing, arrived)).listen(0, "127.0.0.1").onComplete(listening)))
                .await().actualPort();
    }

    private static void answer(HttpServerRequest request, Refusing refusing, CountDownLatch arrived) {
        if ("/refused".equals(request.path())) {
            refusing.add(request.response(), new Admission.Unavailable(1));
            arrived.countDown();
        } else {
            request.response().end();
        }
    }

    private List<Future<Integer>> refused(int port, int count) {
        return IntStream.range(0, count).mapToObj(i -> get(port, "/refused")).toList();
    }

    private Future<Integer> get(int port, String path) {
        return client.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> request.send()).map(HttpClientResponse::statusCode);
    }

    private static List<Integer> statuses(List<Future<Integer>> answers) {
        return answers.stream().map(answer -> answer.await()).toList();
    }
}
