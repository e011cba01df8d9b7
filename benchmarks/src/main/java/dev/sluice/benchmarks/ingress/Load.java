package dev.sluice.benchmarks.ingress;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What is sent, and how.
 *
 * @param ratePerSecond requests begun per second, whether earlier ones are answered or not; 0 sends the next request of a
 *     connection when its last one is answered
 * @param expectedStatus an answer with another status is counted as an error
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Load(int port, String path, Map<String, String> headers, byte[] body, int connections, double ratePerSecond,
        int expectedStatus) {
    /** The request as it goes over the wire. */
    byte[] request() {
        StringBuilder head = new StringBuilder("POST ").append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        head.append("Content-Type: application/json\r\nContent-Length: ").append(body.length).append("\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[start.length + body.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }
}
