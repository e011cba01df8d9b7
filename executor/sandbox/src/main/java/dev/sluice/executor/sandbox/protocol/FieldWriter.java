package dev.sluice.executor.sandbox.protocol;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** Collects the fields of one frame. */
final class FieldWriter {
    private byte[] bytes = new byte[512];
    private int size = Integer.BYTES;

    void int8(int value) {
        reserve(1)[size++] = (byte) value;
    }

    void bool(boolean value) {
        int8(value ? 1 : 0);
    }

    void int32(int value) {
        ByteBuffer.wrap(reserve(Integer.BYTES)).putInt(size, value);
        size += Integer.BYTES;
    }

    void int64(long value) {
        ByteBuffer.wrap(reserve(Long.BYTES)).putLong(size, value);
        size += Long.BYTES;
    }

    void uuid(UUID value) {
        int64(value.getMostSignificantBits());
        int64(value.getLeastSignificantBits());
    }

    void bytes(byte[] value) {
        int32(value.length);
        System.arraycopy(value, 0, reserve(value.length), size, value.length);
        size += value.length;
    }

    void string(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("EnumOrdinal") // both sides run the same build, which the handshake makes sure of
    void constant(Enum<?> value) {
        int8(value.ordinal());
    }

    /** Says in one byte whether a value follows. */
    boolean present(@Nullable Object value) {
        bool(value != null);
        return value != null;
    }

    void duration(Duration value) {
        int64(value.toNanos());
    }

    void instant(Instant value) {
        int64(value.getEpochSecond());
        int32(value.getNano());
    }

    /** The frame with its length in front. */
    ByteBuffer finish() throws ProtocolException {
        int length = size - Integer.BYTES;
        if (length > Frames.MAX_BYTES) {
            throw new ProtocolException("frame of " + length + " bytes, allowed are " + Frames.MAX_BYTES);
        }
        return ByteBuffer.wrap(bytes, 0, size).putInt(0, length);
    }

    private byte[] reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
        return bytes;
    }
}
