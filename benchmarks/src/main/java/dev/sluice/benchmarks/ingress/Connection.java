package dev.sluice.benchmarks.ingress;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** One keep-alive connection, one request at a time on the wire; what is due meanwhile waits, and its clock runs. */
final class Connection {
    private static final byte[] CONTENT_LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);

    private final NetSocket socket;
    private final Buffer request;
    private final byte[] expectedStatus;
    private final LoadGenerator.Recorder recorder;
    private final long intervalNanos;
    private final Deque<Long> due = new ArrayDeque<>();
    private long nextDue;
    private long inFlightSince;
    private boolean inFlight;
    private boolean stopped;
    private Buffer received = Buffer.buffer();

    Connection(NetSocket socket, Buffer request, Load load, int index, LoadGenerator.Recorder recorder) {
        this.socket = socket;
        this.request = request;
        this.recorder = recorder;
        this.expectedStatus = ("HTTP/1.1 " + load.expectedStatus()).getBytes(StandardCharsets.US_ASCII);
        this.intervalNanos =
                load.ratePerSecond() > 0 ? (long) (1e9 * load.connections() / load.ratePerSecond()) : 0;
        // Connections begin in turn, not together: a burst is not what a steady rate means.
        this.nextDue = System.nanoTime() + (intervalNanos * index) / Math.max(1, load.connections());
        socket.handler(this::receive);
        socket.closeHandler(closed -> {
            if (!stopped) {
                recorder.errors++;
            }
        });
    }

    void start() {
        if (intervalNanos == 0) {
            send(System.nanoTime());
        }
    }

    void stop() {
        stopped = true;
        socket.close();
    }

    /** Open loop: everything whose time has come. */
    void sendWhatIsDue() {
        long now = System.nanoTime();
        while (nextDue - now <= 0) {
            due.add(nextDue);
            nextDue += intervalNanos;
        }
        sendNext();
    }

    private void sendNext() {
        if (!inFlight && !due.isEmpty()) {
            send(due.remove());
        }
    }

    private void send(long dueSince) {
        inFlight = true;
        inFlightSince = dueSince;
        socket.write(request);
    }

    private void receive(Buffer chunk) {
        received = received.length() == 0 ? chunk : received.appendBuffer(chunk);
        int end = answerEnd();
        if (end < 0 || received.length() < end) {
            return;
        }
        recorder.answered(inFlightSince, startsWith(0, expectedStatus));
        received = Buffer.buffer();
        inFlight = false;
        if (stopped) {
            return;
        }
        if (intervalNanos == 0) {
            send(System.nanoTime());
        } else {
            sendNext();
        }
    }

    /** Where the answer ends, or -1 while its head is not complete. */
    private int answerEnd() {
        int length = 0;
        for (int i = 0; i + 3 < received.length(); i++) {
            if (received.getByte(i) != '\r') {
                continue;
            }
            if (received.getByte(i + 2) == '\r') {
                return i + 4 + length;
            }
            if (startsWith(i + 2, CONTENT_LENGTH)) {
                length = number(i + 2 + CONTENT_LENGTH.length);
            }
        }
        return -1;
    }

    private boolean startsWith(int offset, byte[] lowerCase) {
        if (received.length() < offset + lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            if (received.getByte(offset + i) != lowerCase[i]
                    && Character.toLowerCase((char) received.getByte(offset + i)) != (char) lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private int number(int offset) {
        int value = 0;
        for (int i = offset; i < received.length() && received.getByte(i) >= '0' && received.getByte(i) <= '9'; i++) {
            value = value * 10 + (received.getByte(i) - '0');
        }
        return value;
    }
}
