package dev.sluice.quota.redis;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Dimension.Window;
import dev.sluice.quota.Kind;
import dev.sluice.quota.ledger.Account;
import dev.sluice.quota.ledger.Charge;
import dev.sluice.quota.ledger.DayWindows;
import dev.sluice.quota.ledger.Slot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One organization's part of a script call, in the making; the script's head describes the form. */
final class Block {
    private static final int HEADER_BYTES = 4 * 8 + 2 + 3 * 4;
    private static final int DEMAND_BYTES = 4 + 2 * (2 + 2 * 8);
    private static final int ADDITION_BYTES = 2 + 1 + 3 * 8;
    private static final double NOT_COUNTED = -1;
    private static final long HALF_DAY_SECONDS = 12 * 60 * 60;

    private record Place(Account account, Kind kind) {}

    private final String prefix;
    private final List<byte[]> keys = new ArrayList<>(2);
    private final Map<Place, Integer> places = new HashMap<>(4);
    private int additions;
    private int demands;
    private ByteBuffer bytes = buffer(128).position(HEADER_BYTES);

    /** @param prefix of all keys of the organization */
    Block(String prefix) {
        this.prefix = prefix;
    }

    /** The prefix of an organization's keys: its id is the hash tag that keeps them in one slot. */
    static String prefix(Object organizationId) {
        return "sluice:quota:{" + organizationId + "}:";
    }

    private static ByteBuffer buffer(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Makes a change that is not a decision. All changes come before what is taken. */
    void add(Addition addition) {
        if (demands > 0) {
            throw new IllegalStateException("a change after a demand");
        }
        Dimension dimension = addition.dimension();
        int key = key(addition.account(), Kind.of(dimension));
        room(ADDITION_BYTES).putShort((short) key).put((byte) (dimension.window() == Window.DAY ? 0 : 1));
        number(addition.window());
        number(addition.delta());
        number(addition.least());
        additions++;
    }

    /** Takes so many from all counters of a charge, or with 0 reads them. */
    void take(Charge charge, int wanted) {
        List<Slot> slots = charge.slots();
        room(DEMAND_BYTES).putInt(wanted);
        int second = limits(slots, 0);
        if (second == slots.size()) {
            bytes.putShort((short) 0);
        } else {
            limits(slots, second);
        }
        demands++;
    }

    /** Writes the limits of one account; answers where another's begin. */
    private int limits(List<Slot> slots, int from) {
        Slot first = slots.get(from);
        double perDay = NOT_COUNTED;
        double perMinute = NOT_COUNTED;
        int i = from;
        for (; i < slots.size() && slots.get(i).account() == first.account(); i++) {
            Slot slot = slots.get(i);
            double limit = slot.isHardBlock() ? slot.limit().amount() : Double.POSITIVE_INFINITY;
            if (slot.dimension().window() == Window.DAY) {
                perDay = limit;
            } else {
                perMinute = limit;
            }
        }
        bytes.putShort((short) key(first.account(), Kind.of(first.dimension()))).putDouble(perDay).putDouble(perMinute);
        return i;
    }

    private int key(Account account, Kind kind) {
        Place place = new Place(account, kind);
        Integer known = places.get(place);
        if (known != null) {
            return known;
        }
        int key = touch(account.key(), kind);
        places.put(place, key);
        return key;
    }

    /** Names a key, for a block that would have none: it says which server to ask. */
    int touch(String account, Kind kind) {
        keys.add((prefix + account + suffix(kind)).getBytes(StandardCharsets.US_ASCII));
        return keys.size();
    }

    private static String suffix(Kind kind) {
        return switch (kind) {
            case EVENT -> ":events";
            case API_CALL -> ":api-calls";
        };
    }

    // Lua knows only doubles; all counts and times are small enough to be exact.
    private void number(long number) {
        bytes.putDouble((double) number);
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            bytes = buffer(2 * (bytes.position() + more)).put(bytes.flip());
        }
        return bytes;
    }

    /**
     * Completes the block; it may be completed again for another attempt.
     *
     * @param serverSecond what the server's clock is believed to say; a day either side of the nearer midnight is offered
     * @param latestMillis latest server time at which it may count anything
     */
    Block complete(long serverSecond, long latestMillis, DayWindows days) {
        int first = days.start(2) - serverSecond > HALF_DAY_SECONDS ? 0 : 1;
        long end = Math.min(latestMillis + 1, days.start(first + 2) * 1000);
        bytes.putDouble(0, days.start(first) * 1000.0).putDouble(8, (double) end)
                .putDouble(16, days.start(first + 1) * 1000.0).putDouble(24, (double) (days.firstDay() + first))
                .putShort(32, (short) keys.size()).putInt(34, additions).putInt(38, demands)
                .putInt(42, bytes.position() - HEADER_BYTES);
        return this;
    }

    int operations() {
        return additions + demands;
    }

    List<byte[]> keys() {
        return keys;
    }

    int length() {
        return bytes.position();
    }

    void appendTo(ByteBuffer call) {
        call.put(bytes.duplicate().flip());
    }
}
