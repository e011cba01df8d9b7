package dev.sluice.executor.sandbox;

import dev.sluice.executor.sandbox.js.JavaScript;
import dev.sluice.executor.sandbox.protocol.Frame;
import dev.sluice.executor.sandbox.protocol.FrameChannel;
import dev.sluice.executor.sandbox.protocol.TurnBoard;
import dev.sluice.executor.sandbox.run.Executions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The sandbox process. Started by a dispatcher with the paths of its socket and of its turn board as arguments, and a
 * one-time token as the first line of standard input: unlike an argument, that cannot be read by other users of the machine.
 */
public final class SandboxMain {
    /** Exit code after the dispatcher went away or spoke nonsense. */
    private static final int DISCONNECTED = 4;

    private static final int BACKLOG = 1 << 16;

    private SandboxMain() {}

    /** @param arguments the paths of the dispatcher's socket and of the turn board */
    @SuppressWarnings("SystemOut") // standard error is the process's log, read by its supervisor
    public static void main(String[] arguments) throws IOException {
        String token = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        socket.connect(UnixDomainSocketAddress.of(arguments[0]));
        FrameChannel channel = new FrameChannel(socket, BACKLOG);
        Thread.ofPlatform().name("writer").daemon().start(() -> pump(channel));
        channel.send(new Frame.Hello(FrameChannel.VERSION, token, ProcessHandle.current().pid()));
        try {
            serve(channel, TurnBoard.open(Path.of(arguments[1])));
        } catch (IOException | InterruptedException | RuntimeException e) {
            System.err.println("connection lost: " + e);
        } finally {
            // Whatever still runs has nobody to report to.
            Runtime.getRuntime().halt(DISCONNECTED);
        }
    }

    @SuppressWarnings("SystemOut") // as above
    private static void serve(FrameChannel channel, TurnBoard board) throws IOException, InterruptedException {
        if (!(channel.receive() instanceof Frame.Configure settings)) {
            return;
        }
        JavaScript javascript = new JavaScript(settings.limits());
        WarmUp warmUp = new WarmUp();
        AtomicReference<Consumer<Frame.FromSandbox>> outlet = new AtomicReference<>(warmUp);
        Executions executions =
                new Executions(javascript, settings, board, frame -> outlet.get().accept(frame), System.err::println);
        warmUp.run(executions);
        outlet.set(channel::send);
        channel.send(new Frame.Ready(javascript.jit(), javascript.implementation()));
        for (Frame frame = channel.receive(); frame != null; frame = channel.receive()) {
            switch (frame) {
                case Frame.Start(var invocation) -> executions.start(invocation);
                case Frame.Reply reply -> executions.reply(reply);
                case Frame.Cancel(var executionId) -> executions.cancel(executionId);
                case Frame.Check check -> executions.check(check);
                case Frame.Ping(int number) -> channel.send(new Frame.Pong(number));
                default -> throw new IOException("unexpected frame");
            }
        }
    }

    private static void pump(FrameChannel channel) {
        try {
            channel.pump();
        } catch (IOException | InterruptedException e) {
            channel.close();
        }
    }
}
