package dev.sluice.executor.sandbox.protocol;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Frames over one socket. One thread calls {@link #receive}, another sits in {@link #pump}, and any thread may
 * {@link #send}, which never blocks.
 */
public final class FrameChannel implements AutoCloseable {
    /** Version of the protocol that this code speaks. */
    public static final int VERSION = Frames.VERSION;

    /** Largest frame; what goes into one must be bounded well below. */
    public static final int MAX_FRAME_BYTES = Frames.MAX_BYTES;

    private static final int READ_AHEAD = 64 << 10;
    private static final int GATHER = 64;

    private final SocketChannel socket;
    private final BlockingQueue<Frame> outgoing;
    private ByteBuffer incoming = ByteBuffer.allocate(READ_AHEAD).flip();

    /** @param backlog frames that may wait to be written; a connection that is further behind is closed */
    public FrameChannel(SocketChannel socket, int backlog) {
        this.socket = socket;
        this.outgoing = new LinkedBlockingQueue<>(backlog);
    }

    /** Queues a frame. Where the queue is full the other side has stopped reading and the connection is closed. */
    public void send(Frame frame) {
        if (!outgoing.offer(frame)) {
            close();
        }
    }

    /** Writes what is queued until the thread is interrupted or the connection ends. */
    public void pump() throws IOException, InterruptedException {
        List<Frame> batch = new ArrayList<>(GATHER);
        while (true) {
            batch.add(outgoing.take());
            outgoing.drainTo(batch, GATHER - 1);
            ByteBuffer[] buffers = new ByteBuffer[batch.size()];
            for (int i = 0; i < buffers.length; i++) {
                buffers[i] = FrameCodec.encode(batch.get(i));
            }
            batch.clear();
            while (buffers[buffers.length - 1].hasRemaining()) {
                socket.write(buffers);
            }
        }
    }

    /**
     * Waits for the next frame.
     *
     * @return null at the end of the stream
     * @throws ProtocolException if what came is no frame
     */
    public @Nullable Frame receive() throws IOException {
        if (!fill(Integer.BYTES)) {
            return null;
        }
        int length = incoming.getInt();
        if (length <= 0 || length > Frames.MAX_BYTES) {
            throw new ProtocolException("frame of " + length + " bytes, allowed are " + Frames.MAX_BYTES);
        }
        if (!fill(length)) {
            return null;
        }
        ByteBuffer frame = incoming.slice(incoming.position(), length);
        incoming.position(incoming.position() + length);
        return FrameCodec.decode(frame);
    }

    /** Ends the connection; both threads notice. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The descriptor is gone either way, and both loops end on the closed channel.
        }
    }

    private boolean fill(int bytes) throws IOException {
        if (incoming.remaining() >= bytes) {
            return true;
        }
        if (incoming.capacity() < bytes) {
            incoming = ByteBuffer.allocate(bytes).put(incoming).flip();
        } else if (incoming.capacity() > READ_AHEAD && bytes <= READ_AHEAD && incoming.remaining() <= READ_AHEAD) {
            incoming = ByteBuffer.allocate(READ_AHEAD).put(incoming).flip();
        }
        incoming.compact();
        while (incoming.position() < bytes) {
            if (socket.read(incoming) < 0) {
                return false;
            }
        }
        incoming.flip();
        return true;
    }
}
