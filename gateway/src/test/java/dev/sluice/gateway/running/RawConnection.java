package dev.sluice.gateway.running;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection on which a test writes each byte itself. */
public final class RawConnection implements AutoCloseable {
    private static final int ANSWER_LIMIT_MILLIS = 20_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    public static RawConnection to(RunningSluice sluice) throws IOException {
        URI url = URI.create(sluice.url());
        return to(url.getHost(), url.getPort());
    }

    public static RawConnection to(String host, int port) throws IOException {
        Socket socket = new Socket(host, port);
        socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
        return new RawConnection(socket);
    }

    /** The head of a POST to a webhook with these further header lines, each ended with CR LF. */
    public static String post(String webhook, String headerLines) {
        return "POST /hooks/" + webhook + " HTTP/1.1\r\nHost: localhost\r\n" + headerLines + "\r\n";
    }

    /** The same with a body and its length. */
    public static String event(String webhook, String body) {
        return post(webhook, "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n") + body;
    }

    /** Writes text as UTF-8. */
    public RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads one answer, head and body as its {@code Content-Length} says. */
    public String answer() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        return text + new String(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0), StandardCharsets.UTF_8);
    }

    /** The status of the next answer. */
    public int status() throws IOException {
        return Integer.parseInt(answer().substring(9, 12));
    }

    /** Waits until the other side has closed the connection; answers what came before, in lower case. */
    public String untilClosed() throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        } catch (SocketException reset) {
            return "";
        }
    }

    /** Closes without having waited for anything. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
