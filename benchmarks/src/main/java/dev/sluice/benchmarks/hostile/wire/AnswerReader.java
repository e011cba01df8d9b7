package dev.sluice.benchmarks.hostile.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads answers of HTTP/1.1 from a stream; anything that is none is a {@link ProtocolException}. */
final class AnswerReader {
    private static final int MAX_LINE = 64 << 10;
    private static final int MAX_BODY = 64 << 20;

    private final InputStream in;

    AnswerReader(InputStream in) {
        this.in = new BufferedInputStream(in, 16 << 10);
    }

    /**
     * The next final answer; interim ones such as 100 are passed over. Throws {@link EOFException} when the stream ends
     * before the first byte.
     *
     * @param head whether it answers a HEAD and so has no body
     */
    Answer read(boolean head) throws IOException {
        while (true) {
            String line = line(true);
            if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
                throw new ProtocolException("not a status line: " + line);
            }
            int status = Integer.parseInt(line.substring(9, 12));
            Map<String, String> headers = headers();
            if (status >= 200 || status == 101) {
                boolean empty = head || status == 101 || status == 204 || status == 304;
                byte[] body = empty ? new byte[0] : body(headers);
                boolean delimited = empty || headers.containsKey("content-length") || headers.containsKey("transfer-encoding");
                String connection = headers.getOrDefault("connection", line.startsWith("HTTP/1.0") ? "close" : "");
                return new Answer(status, headers, body, !delimited || connection.equalsIgnoreCase("close") || status == 101);
            }
        }
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(false); !line.isEmpty(); line = line(false)) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new ProtocolException("not a header: " + line);
            }
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks();
        }
        String declared = headers.get("content-length");
        if (declared == null) {
            return in.readNBytes(MAX_BODY);
        }
        int length = Integer.parseInt(declared);
        byte[] body = in.readNBytes(Math.min(length, MAX_BODY));
        if (body.length < length) {
            throw new ProtocolException("the body ends after %d of %d bytes".formatted(body.length, length));
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(false).strip(), 16);
            if (size == 0) {
                headers();
                return body.toByteArray();
            }
            body.write(in.readNBytes(size));
            line(false);
        }
    }

    private String line(boolean mayEnd) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw mayEnd && line.size() == 0 ? new EOFException() : new ProtocolException("the answer is cut off");
            }
            if (line.size() == MAX_LINE) {
                throw new ProtocolException("a line of the answer is too long");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
