package dev.sluice.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Collects a request's body up to a limit, copying each byte once. A body that turns out too long is refused as soon as
 * that is known; the rest is read and thrown away, so that the connection stays usable.
 */
public final class BodyReader {
    private static final int FIRST_GUESS = 4096;

    private final int limit;
    private byte[] bytes;
    private int length;
    private boolean tooLong;

    private BodyReader(int limit, int declared) {
        this.limit = limit;
        this.bytes = new byte[declared];
    }

    /** The length that the request declares, or -1 for none; a value that is no number counts as too long. */
    public static long declaredLength(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        if (header == null) {
            return -1;
        }
        try {
            return Long.parseLong(header);
        } catch (NumberFormatException notANumber) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Reads the body. Exactly one of the consumers is called, once, unless the connection breaks before.
     *
     * @param limit most bytes accepted
     * @param complete gets the whole body, in an array of its length
     * @param refused is told that the body is longer than the limit
     */
    public static void read(HttpServerRequest request, int limit, Consumer<byte[]> complete, Runnable refused) {
        long declared = declaredLength(request);
        if (declared > limit) {
            request.resume();
            refused.run();
            return;
        }
        BodyReader reader = new BodyReader(limit, declared < 0 ? FIRST_GUESS : (int) declared);
        request.handler(chunk -> {
            if (!reader.tooLong && !reader.append(chunk)) {
                reader.tooLong = true;
                refused.run();
            }
        });
        request.endHandler(end -> {
            if (!reader.tooLong) {
                complete.accept(reader.body());
            }
        });
        request.resume();
    }

    private boolean append(Buffer chunk) {
        int needed = length + chunk.length();
        if (needed > limit) {
            bytes = new byte[0];
            return false;
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(needed, bytes.length * 2)));
        }
        chunk.getBytes(bytes, length);
        length = needed;
        return true;
    }

    private byte[] body() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
