package dev.sluice.benchmarks.hostile.check;

import dev.sluice.benchmarks.hostile.wire.Answer;
import dev.sluice.benchmarks.hostile.wire.NoAnswerException;
import dev.sluice.benchmarks.hostile.wire.Tampering;
import dev.sluice.benchmarks.hostile.wire.Wire;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks the management API as one organization. Used by one thread at a time. */
public final class ApiClient implements AutoCloseable {
    private final int port;
    private final String key;
    private final Tampering tampering;
    private final Duration limit;
    private @Nullable Wire wire;

    /** A client that waits as long as {@code limit} for each answer. */
    public ApiClient(int port, String key, Tampering tampering, Duration limit) {
        this.port = port;
        this.key = key;
        this.tampering = tampering;
        this.limit = limit;
    }

    /** GET of a path below {@code /api/v1}. */
    public Answer get(String path) throws IOException, InterruptedException {
        return send("GET", "/api/v1" + path, "");
    }

    /** POST of something that must be created. */
    public JsonObject create(String path, JsonObject json) throws IOException, InterruptedException {
        Answer answer = send("POST", "/api/v1" + path, json.encode());
        if (answer.status() != 201) {
            throw new IOException(path + " answered " + answer.status() + ": " + answer.text());
        }
        return new JsonObject(answer.text());
    }

    /** Any request, on a connection that is kept while nothing goes wrong. */
    public Answer send(String method, String target, String json) throws IOException, InterruptedException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nx-fastn-api-key: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(method, target, key, body.length).getBytes(StandardCharsets.UTF_8);
        boolean reused = wire != null;
        try {
            return exchange(method + " " + target, head, body);
        } catch (NoAnswerException e) {
            close();
            if (!reused || !e.closed()) {
                throw e;
            }
            return exchange(method + " " + target, head, body);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Answer exchange(String line, byte[] head, byte[] body) throws IOException, InterruptedException {
        Wire connected = wire == null ? new Wire(port, tampering) : wire;
        wire = connected;
        connected.send(head);
        if (body.length > 0) {
            connected.send(body);
        }
        Answer answer = connected.receive(line, false, limit);
        if (answer.last()) {
            close();
        }
        return answer;
    }

    @Override
    public void close() {
        if (wire != null) {
            wire.close();
            wire = null;
        }
    }
}
