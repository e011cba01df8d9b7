package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.ContextMode;
import dev.sluice.executor.sandbox.protocol.Frame;
import dev.sluice.executor.sandbox.protocol.FrameChannel;
import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.HostReply;
import dev.sluice.executor.sandbox.protocol.Invocation;
import dev.sluice.executor.sandbox.protocol.Outcome;
import dev.sluice.executor.sandbox.protocol.TurnBoard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import static dev.sluice.executor.dispatcher.sandbox.Sandboxed.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The gateway's end of a connection whose other end does what no sandbox should; the test is the sandbox. */
@SuppressWarnings("NullAway.Init") // opened before each test
class SessionTest {
    private static final Session.Listener NOBODY = new Session.Listener() {
        @Override
        public void ready(Session session) {}

        @Override
        public void unwell(Session session, String reason) {}
    };

    private final AtomicLong now = new AtomicLong();
    private final StateMap state = new StateMap();
    private Process process;
    private SocketChannel socket;
    private FrameChannel sandbox;
    private TurnBoard board;
    private Session session;
    private Thread serving;

    @BeforeEach
    void connect(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            socket = SocketChannel.open(StandardProtocolFamily.UNIX);
            socket.connect(UnixDomainSocketAddress.of(path));
            process = new ProcessBuilder("sleep", "60").start();
            board = TurnBoard.create(folder.resolve("turns"), 4);
            session = new Session(new Launcher.Launched(process, new FrameChannel(server.accept(), 100), board),
                    Sandboxed.options(ContextMode.WARM), state, NOBODY, now::get);
        }
        sandbox = new FrameChannel(socket, 10_000);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                sandbox.pump();
            } catch (IOException | InterruptedException e) {
                sandbox.close();
            }
        });
        serving = Thread.ofPlatform().daemon().start(() -> session.serve("test"));
        assertThat(sandbox.receive()).isInstanceOf(Frame.Configure.class);
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        sandbox.close();
        process.destroyForcibly();
        serving.join(TimeUnit.SECONDS.toMillis(5));
    }

    @Test
    void tooManyCallsEndTheExecutionAndNotTheConnection() throws IOException {
        CompletableFuture<Outcome> greedy = start();
        CompletableFuture<Outcome> neighbour = start();
        UUID greedyId = started();
        UUID neighbourId = started();
        for (int call = 1; call <= 5_000; call++) {
            send(new Frame.Call(greedyId, call, new HostCall.StateGet(HostCall.StateScope.ORG, "hang")));
        }
        send(new Frame.Call(neighbourId, 1, new HostCall.StateGet(HostCall.StateScope.ORG, "k")));

        assertThat(greedy.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.error().name()).isEqualTo("LimitError");
            assertThat(failed.error().message()).contains("10 calls");
        });
        assertThat(sandbox.receive()).isEqualTo(new Frame.Cancel(greedyId));
        assertThat(sandbox.receive()).isEqualTo(new Frame.Reply(neighbourId, 1, new HostReply.Value(null)));
        assertThat(state.seen).hasSize(11);
        assertThat(neighbour).isNotDone();
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void whatCannotBeUnderstoodOfOneExecutionEndsThatOne() throws IOException {
        CompletableFuture<Outcome> odd = start();
        CompletableFuture<Outcome> neighbour = start();
        UUID oddId = started();
        UUID neighbourId = started();
        ByteBuffer frame = ByteBuffer.allocate(4 + 1 + 16 + 4 + 1).putInt(22).put((byte) 6)
                .putLong(oddId.getMostSignificantBits()).putLong(oddId.getLeastSignificantBits()).putInt(1).put((byte) 99).flip();
        socket.write(frame);
        send(new Frame.Call(neighbourId, 1, new HostCall.StateGet(HostCall.StateScope.ORG, "k")));

        assertThat(odd.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOf(Outcome.Failed.class);
        assertThat(sandbox.receive()).isEqualTo(new Frame.Cancel(oddId));
        assertThat(sandbox.receive()).isInstanceOf(Frame.Reply.class);
        assertThat(neighbour).isNotDone();
    }

    @Test
    void anAnswerThatComesAfterTheEndIsNotSentToTheNextAttempt() throws IOException {
        Invocation invocation = new Sandboxed.Run(workflow("")).invocation();
        CompletableFuture<Outcome> first = session.run(invocation).toCompletableFuture();
        UUID id = started();
        send(new Frame.Call(id, 1, new HostCall.StateGet(HostCall.StateScope.ORG, "late")));
        await().until(() -> state.late.size() == 1);
        send(new Frame.Ended(id, new Outcome.Cancelled(new Outcome.Run(Instant.EPOCH, Duration.ZERO, Duration.ZERO,
                List.of(), false))));
        first.orTimeout(5, TimeUnit.SECONDS).join();
        session.run(invocation);
        started();
        state.late.getFirst().complete(new HostReply.Value("1"));
        send(new Frame.Call(id, 2, new HostCall.StateGet(HostCall.StateScope.ORG, "k")));

        assertThat(sandbox.receive()).isEqualTo(new Frame.Reply(id, 2, new HostReply.Value(null)));
    }

    @Test
    void aProcessThatDiesMakesSuspectsOfThoseThatHadAThread() throws IOException {
        suspectsAre(() -> {
            closeWithTheProcess();
            process.destroyForcibly();
        });
    }

    @Test
    void aProcessThatClosesItsConnectionMakesSuspectsOfThoseThatHadAThread() throws IOException {
        suspectsAre(() -> sandbox.close());
    }

    @Test
    void aProcessThatBreaksTheProtocolMakesSuspectsOfThoseThatHadAThread() throws IOException {
        suspectsAre(() -> sandbox.send(new Frame.Ping(1)));
    }

    @Test
    void aSilentProcessMakesSuspectsOfThoseThatHadAThread() throws IOException {
        suspectsAre(() -> {
            now.addAndGet(Duration.ofSeconds(11).toNanos());
            closeWithTheProcess();
            session.tend();
        });
    }

    @Test
    void aProcessThatIsToldToGoMakesNoSuspects() throws IOException {
        CompletableFuture<Outcome> computing = start();
        board.hold(0, started());
        session.shut();
        assertThat(computing.orTimeout(5, TimeUnit.SECONDS).join())
                .isInstanceOfSatisfying(Outcome.Lost.class, lost -> assertThat(lost.suspect()).isFalse());
    }

    @Test
    void whatIsKeptBeyondItsTimeoutIsSuspectThoughItHasNoThread() throws IOException {
        CompletableFuture<Outcome> kept = start();
        now.addAndGet(Sandboxed.TIMEOUT.plusSeconds(61).toNanos());
        CompletableFuture<Outcome> young = start();
        started();
        send(new Frame.Pong(1));
        await().until(() -> {
            session.tend();
            return !process.isAlive();
        });
        sandbox.close();
        assertThat(suspect(kept)).isTrue();
        assertThat(suspect(young)).isFalse();
    }

    private interface Loss {
        void happen() throws IOException;
    }

    /** One has a thread and a call pending besides, one has a thread, one waits for a call, one for something else. */
    private void suspectsAre(Loss loss) throws IOException {
        CompletableFuture<Outcome> evader = start();
        CompletableFuture<Outcome> computing = start();
        CompletableFuture<Outcome> calling = start();
        CompletableFuture<Outcome> resting = start();
        UUID evaderId = started();
        UUID computingId = started();
        UUID callingId = started();
        board.hold(1, evaderId);
        board.hold(3, computingId);
        send(new Frame.Call(evaderId, 1, new HostCall.StateGet(HostCall.StateScope.ORG, "hang")));
        send(new Frame.Call(callingId, 1, new HostCall.StateGet(HostCall.StateScope.ORG, "hang")));
        await().until(() -> state.seen.size() == 2);

        loss.happen();

        assertThat(suspect(evader)).isTrue();
        assertThat(suspect(computing)).isTrue();
        assertThat(suspect(calling)).isFalse();
        assertThat(suspect(resting)).isFalse();
    }

    private void closeWithTheProcess() {
        var _ = process.onExit().thenRun(sandbox::close);
    }

    private static boolean suspect(CompletableFuture<Outcome> outcome) {
        assertThat(outcome.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOf(Outcome.Lost.class);
        return ((Outcome.Lost) outcome.join()).suspect();
    }

    private CompletableFuture<Outcome> start() {
        return session.run(new Sandboxed.Run(workflow("")).invocation()).toCompletableFuture();
    }

    private UUID started() throws IOException {
        Frame frame = sandbox.receive();
        if (frame instanceof Frame.Start(Invocation invocation)) {
            return invocation.executionId();
        }
        throw new AssertionError("not a start: " + frame);
    }

    private void send(Frame frame) {
        sandbox.send(frame);
    }
}
