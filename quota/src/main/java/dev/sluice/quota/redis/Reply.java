package dev.sluice.quota.redis;

import dev.sluice.config.definition.Dimension.Window;
import dev.sluice.quota.ledger.Account;
import dev.sluice.quota.ledger.Charge;
import dev.sluice.quota.ledger.Slot;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** What the script says about one block; its demands are read in the order in which they were put in. */
final class Reply {
    private static final int ACCOUNT_BYTES = 4 * 8;
    private static final int MINUTE_AT = 2 * 8;
    private static final byte NOT_DONE = 0;
    private static final byte SOME_MISSED = 2;

    private final ByteBuffer bytes;
    private final long serverMillis;
    private final boolean done;
    private int missedLeft;
    private int missedAt;
    private int demand;

    Reply(byte[] said) {
        bytes = ByteBuffer.wrap(said).order(ByteOrder.LITTLE_ENDIAN);
        serverMillis = (long) bytes.getDouble();
        byte outcome = bytes.get();
        done = outcome != NOT_DONE;
        if (outcome == SOME_MISSED) {
            missedLeft = bytes.getInt();
            missedAt = bytes.position();
            bytes.position(missedAt + missedLeft * 8);
        }
    }

    /** The server's clock when it read the block. */
    long serverMillis() {
        return serverMillis;
    }

    /** Whether anything was done; if not, the block was not for this time. */
    boolean done() {
        return done;
    }

    /** What came of the next demand. */
    Taken next(Charge charge, int wanted) {
        int taken = taken(wanted);
        List<Slot> slots = charge.slots();
        long[] windows = new long[slots.size()];
        long[] used = new long[slots.size()];
        @Nullable Account account = null;
        int at = 0;
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (slot.account() != account) {
                account = slot.account();
                at = bytes.position();
                bytes.position(at + ACCOUNT_BYTES);
            }
            int counter = at + (slot.dimension().window() == Window.DAY ? 0 : MINUTE_AT);
            windows[i] = (long) bytes.getDouble(counter);
            used[i] = (long) bytes.getDouble(counter + 8) - taken;
        }
        return new Taken(taken, windows, used);
    }

    private int taken(int wanted) {
        demand++;
        if (missedLeft == 0 || bytes.getInt(missedAt) != demand) {
            return wanted;
        }
        int taken = bytes.getInt(missedAt + 4);
        missedLeft--;
        missedAt += 8;
        return taken;
    }
}
