package dev.sluice.executor.sandbox.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Takes the fields of one frame apart, believing nothing. */
final class FieldReader {
    private final ByteBuffer frame;

    FieldReader(ByteBuffer frame) {
        this.frame = frame;
    }

    int int8() throws ProtocolException {
        need(1);
        return frame.get();
    }

    boolean bool() throws ProtocolException {
        return switch (int8()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new ProtocolException("neither true nor false");
        };
    }

    int int32() throws ProtocolException {
        need(Integer.BYTES);
        return frame.getInt();
    }

    long int64() throws ProtocolException {
        need(Long.BYTES);
        return frame.getLong();
    }

    UUID uuid() throws ProtocolException {
        return new UUID(int64(), int64());
    }

    byte[] bytes() throws ProtocolException {
        byte[] value = new byte[length()];
        frame.get(value);
        return value;
    }

    String string() throws ProtocolException {
        int length = length();
        String value = new String(frame.array(), frame.arrayOffset() + frame.position(), length, StandardCharsets.UTF_8);
        frame.position(frame.position() + length);
        return value;
    }

    /** Number of elements that follow, each of which takes at least {@code leastBytes}. */
    int count(int leastBytes) throws ProtocolException {
        int count = int32();
        if (count < 0 || (long) count * leastBytes > frame.remaining()) {
            throw new ProtocolException("count of " + count + " in a frame with " + frame.remaining() + " bytes left");
        }
        return count;
    }

    <E extends Enum<E>> E constant(E[] values) throws ProtocolException {
        int ordinal = int8();
        if (ordinal < 0 || ordinal >= values.length) {
            throw new ProtocolException("no constant number " + ordinal);
        }
        return values[ordinal];
    }

    Duration duration() throws ProtocolException {
        return Duration.ofNanos(int64());
    }

    Instant instant() throws ProtocolException {
        long seconds = int64();
        int nanos = int32();
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new ProtocolException("no such time");
        }
    }

    void end() throws ProtocolException {
        if (frame.hasRemaining()) {
            throw new ProtocolException(frame.remaining() + " bytes too many");
        }
    }

    private int length() throws ProtocolException {
        return count(1);
    }

    private void need(int bytes) throws ProtocolException {
        if (frame.remaining() < bytes) {
            throw new ProtocolException("frame ends early");
        }
    }
}
