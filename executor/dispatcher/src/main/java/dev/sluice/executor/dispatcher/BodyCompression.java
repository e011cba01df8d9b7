package dev.sluice.executor.dispatcher;

import io.vertx.core.buffer.Buffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

import java.util.Arrays;

/**
 * How bodies are stored: as an <a href="https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md">LZ4 block</a> where
 * that saves, and as they are where it does not. Each by itself, so that none has to be read for the sake of another.
 */
public final class BodyCompression {
    /** What {@link EventDetails} calls it. */
    static final String NAME = "lz4";

    /** A block has its own overhead; small bodies have nothing to repeat. */
    private static final int WORTHWHILE_SIZE = 256;
    /** Larger bodies are rare, and compressing one would hold up an event loop for longer than a tenth of a millisecond. */
    private static final int MAX_SIZE = 64 << 10;

    private BodyCompression() {}

    /** A body in the form it is stored in; as it was unless that is shorter. */
    public static Buffer compress(Buffer body) {
        int size = body.length();
        if (size < WORTHWHILE_SIZE || size > MAX_SIZE) {
            return body;
        }
        LZ4Compressor compressor = Holder.LZ4.fastCompressor();
        byte[] block = new byte[compressor.maxCompressedLength(size)];
        int length = compressor.compress(body.getBytes(), 0, size, block, 0, block.length);
        // Less than an eighth is not worth decompressing for.
        return length > size - size / 8 ? body : Buffer.buffer(Arrays.copyOf(block, length));
    }

    /**
     * The body of a block.
     *
     * @param size of the body
     */
    public static Buffer decompress(Buffer block, int size) {
        byte[] body = new byte[size];
        int length = Holder.LZ4.safeDecompressor().decompress(block.getBytes(), 0, block.length(), body, 0);
        if (length != size) {
            throw new IllegalStateException("a stored body of %d bytes has %d".formatted(size, length));
        }
        return Buffer.buffer(body);
    }

    /** Finds out what the machine can do; not before it is needed. */
    private static final class Holder {
        private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();
    }
}
