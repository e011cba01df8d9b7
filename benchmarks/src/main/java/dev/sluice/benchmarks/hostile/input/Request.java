package dev.sluice.benchmarks.hostile.input;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A request put together byte by byte; nothing is added that was not asked for. */
final class Request {
    private final StringBuilder head = new StringBuilder(256);

    private Request() {}

    /** A request that begins with this line, which needs not be one. */
    static Request line(String line) {
        Request request = new Request();
        request.head.append(line).append("\r\n");
        return request;
    }

    /** A well-formed one. */
    static Request of(String method, String target) {
        return line(method + " " + target + " HTTP/1.1").header("Host", "127.0.0.1");
    }

    Request header(String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    /** Characters as they are; each becomes one byte, so bytes above 7 bits can be written too. */
    Request raw(String text) {
        head.append(text);
        return this;
    }

    /** The request with its length and body. */
    byte[] with(byte[] body) {
        return header("Content-Length", Integer.toString(body.length)).followedBy(body);
    }

    /** The request without a body. */
    byte[] alone() {
        return followedBy(new byte[0]);
    }

    /** The head, its end, and then these bytes, of which the head says nothing. */
    byte[] followedBy(byte[] bytes) {
        byte[] start = (head + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream all = new ByteArrayOutputStream(start.length + bytes.length);
        all.writeBytes(start);
        all.writeBytes(bytes);
        return all.toByteArray();
    }

    /** What stands before the end of the head. */
    byte[] unfinished() {
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
