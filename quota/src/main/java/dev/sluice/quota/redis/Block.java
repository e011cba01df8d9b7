package dev.sluice.quota.redis;

import dev.sluice.config.definition.Dimension;
import dev.sluice.quota.ledger.Account;
import dev.sluice.quota.ledger.Charge;
import dev.sluice.quota.ledger.DayWindows;
import dev.sluice.quota.ledger.Slot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** One organization's part of a script call, in the making; the script's head describes the form. */
final class Block {
    private static final int HEADER_BYTES = 6 * 8 + 2 + 4;
    private static final byte TAKE = 1;
    private static final byte ADD = 2;

    private final String prefix;
    private final List<byte[]> keys = new ArrayList<>(2);
    private final IdentityHashMap<Account, Integer> places = new IdentityHashMap<>(4);
    private int operations;
    private ByteBuffer bytes = ByteBuffer.allocate(128).position(HEADER_BYTES);

    /** @param prefix of all keys of the organization */
    Block(String prefix) {
        this.prefix = prefix;
    }

    /** The prefix of an organization's keys: its id is the hash tag that keeps them in one slot. */
    static String prefix(Object organizationId) {
        return "sluice:quota:{" + organizationId + "}:";
    }

    /** Takes so many from all counters of a charge, or with 0 reads them. */
    void take(Charge charge, int wanted) {
        List<Slot> slots = charge.slots();
        room(6 + 11 * slots.size()).put(TAKE).putInt(wanted).put((byte) slots.size());
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            counter(slot.account(), slot.dimension());
            number(slot.isHardBlock() ? slot.limit().amount() : -1);
        }
        operations++;
    }

    /** Makes a change that is not a decision. */
    void add(Addition addition) {
        room(28).put(ADD);
        counter(addition.account(), addition.dimension());
        number(addition.window());
        number(addition.delta());
        number(addition.least());
        operations++;
    }

    private void counter(Account account, Dimension dimension) {
        Integer place = places.get(account);
        if (place == null) {
            place = touch(account.key());
            places.put(account, place);
        }
        bytes.putShort(place.shortValue()).put(place(dimension));
    }

    /** Names a key, for a block that would have none: it says which server to ask. */
    int touch(String account) {
        keys.add((prefix + account).getBytes(StandardCharsets.US_ASCII));
        return keys.size();
    }

    // The numbers are stored and must stay what they are.
    private static byte place(Dimension dimension) {
        return switch (dimension) {
            case EVENTS_PER_DAY -> 0;
            case EVENTS_PER_MINUTE -> 1;
            case API_CALLS_PER_DAY -> 2;
            case API_CALLS_PER_MINUTE -> 3;
        };
    }

    // Lua knows only doubles; all counts and times are small enough to be exact.
    private void number(long number) {
        bytes.putDouble((double) number);
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            bytes = ByteBuffer.allocate(2 * (bytes.position() + more)).put(bytes.flip());
        }
        return bytes;
    }

    /**
     * Completes the block; it may be completed again for another attempt.
     *
     * @param latestMillis latest server time at which it may count anything, or 0
     */
    Block complete(long latestMillis, DayWindows days) {
        bytes.putDouble(0, (double) latestMillis).putDouble(8, (double) days.firstDay());
        for (int i = 0; i <= 3; i++) {
            bytes.putDouble(16 + 8 * i, (double) days.start(i));
        }
        bytes.putShort(48, (short) keys.size()).putInt(50, bytes.position() - HEADER_BYTES);
        return this;
    }

    int operations() {
        return operations;
    }

    List<byte[]> keys() {
        return keys;
    }

    int length() {
        return bytes.position();
    }

    void appendTo(ByteBuffer call) {
        call.put(bytes.array(), 0, bytes.position());
    }
}
