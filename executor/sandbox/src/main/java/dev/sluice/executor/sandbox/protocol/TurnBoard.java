package dev.sluice.executor.sandbox.protocol;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Which execution each thread of a sandbox process runs, in memory that the process shares with its dispatcher: readable
 * after the process has died, however it died. Costs the process a write at either end of a turn.
 */
public final class TurnBoard {
    private static final VarHandle SLOT = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOBODY = 0;

    private final MappedByteBuffer memory;

    private TurnBoard(MappedByteBuffer memory) {
        this.memory = memory;
    }

    /** Slots for this many threads and the spare ones that stand in while turns take long. */
    public static int slots(int threads) {
        return 5 * threads + 4;
    }

    /** An empty board in a new file. */
    public static TurnBoard create(Path file, int slots) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Written and not only made long: on a full disk this fails, where a write to the mapped memory would be fatal.
            ByteBuffer empty = ByteBuffer.allocate(slots * Long.BYTES);
            while (empty.hasRemaining()) {
                channel.write(empty);
            }
            return map(channel);
        }
    }

    /** The board in a file made by {@link #create}. */
    public static TurnBoard open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return map(channel);
        }
    }

    public int slots() {
        return memory.capacity() / Long.BYTES;
    }

    /** From now on the thread of this slot runs the execution. */
    public void hold(int slot, UUID executionId) {
        SLOT.setRelease(memory, slot * Long.BYTES, mark(executionId));
    }

    /** From now on it runs none. */
    public void release(int slot) {
        SLOT.setRelease(memory, slot * Long.BYTES, NOBODY);
    }

    /** Whether any thread runs the execution now, or ran it when the process died. */
    public boolean holds(UUID executionId) {
        long mark = mark(executionId);
        for (int slot = 0; slot < slots(); slot++) {
            if ((long) SLOT.getAcquire(memory, slot * Long.BYTES) == mark) {
                return true;
            }
        }
        return false;
    }

    private static TurnBoard map(FileChannel channel) throws IOException {
        return new TurnBoard(channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size()));
    }

    /** One word, so that no death can leave half of it. Executions in flight differ in it but for an absurd chance. */
    private static long mark(UUID executionId) {
        long mark = executionId.getMostSignificantBits() ^ Long.rotateLeft(executionId.getLeastSignificantBits(), 32);
        return mark == NOBODY ? 1 : mark;
    }
}
