package dev.sluice.benchmarks.hostile.wire;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** One connection. Bytes go out as they are; answers come in order. Used by one thread at a time. */
public final class Wire implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final AnswerReader answers;
    private final Tampering tampering;

    /** Connects to a port of this machine. */
    public Wire(int port, Tampering tampering) throws IOException {
        this.tampering = tampering;
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        out = socket.getOutputStream();
        in = socket.getInputStream();
        answers = new AnswerReader(in);
    }

    /** Sends bytes at once. */
    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /**
     * Waits for the next answer.
     *
     * @param requestLine what it answers, for the tampering
     * @throws NoAnswerException if none comes in time, or the connection is closed instead
     */
    public Answer receive(String requestLine, boolean head, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                socket.setSoTimeout((int) Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
                Answer answer = answers.read(head);
                @Nullable Answer changed = tampering.change(requestLine, answer);
                if (System.nanoTime() - deadline > 0) {
                    throw new NoAnswerException("it was answered %d, but only after %d ms more".formatted(
                            answer.status(), Duration.ofNanos(System.nanoTime() - deadline).toMillis()), false);
                }
                if (changed != null) {
                    return changed;
                }
            }
        } catch (SocketTimeoutException silent) {
            throw new NoAnswerException("no answer within " + limit.toMillis() + " ms", false);
        } catch (EOFException closed) {
            throw new NoAnswerException("the connection was closed without an answer", true);
        } catch (SocketException reset) {
            throw new NoAnswerException("the connection was lost: " + reset.getMessage(), true);
        }
    }

    /** Waits until the server closes the connection or says anything; answers whether it did in time. */
    public boolean awaitReaction(Duration limit) throws IOException {
        socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
        try {
            in.read();
            return true;
        } catch (SocketTimeoutException silent) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            throw new IllegalStateException("a socket cannot be closed", closedAnyway);
        }
    }
}
