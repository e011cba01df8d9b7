package dev.sluice.quota.redis;

import dev.sluice.config.definition.Dimension;
import dev.sluice.quota.ledger.Account;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The keys and arguments of one script call, in the making. */
final class Arguments {
    private static final byte[][] SMALL = new byte[1024][];
    private static final EnumMap<Dimension, byte[]> FIELDS = new EnumMap<>(Dimension.class);

    static {
        for (int i = 0; i < SMALL.length; i++) {
            SMALL[i] = ascii(Integer.toString(i));
        }
        FIELDS.put(Dimension.EVENTS_PER_DAY, ascii("ed"));
        FIELDS.put(Dimension.EVENTS_PER_MINUTE, ascii("em"));
        FIELDS.put(Dimension.API_CALLS_PER_DAY, ascii("ad"));
        FIELDS.put(Dimension.API_CALLS_PER_MINUTE, ascii("am"));
    }

    private final String prefix;
    private final List<byte[]> keys = new ArrayList<>();
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<byte[]> values = new ArrayList<>();

    private Arguments(String prefix) {
        this.prefix = prefix;
    }

    /** Arguments about one organization, whose id is the hash tag that keeps all its keys in one slot. */
    static Arguments about(UUID organizationId) {
        return new Arguments("sluice:quota:{" + organizationId + "}:");
    }

    /** Adds a number. */
    Arguments add(long number) {
        values.add(number >= 0 && number < SMALL.length ? SMALL[(int) number] : ascii(Long.toString(number)));
        return this;
    }

    /** Adds a counter: the index of its key, which is noted, and its field. */
    Arguments add(Account account, Dimension dimension) {
        Integer index = indexes.get(account.key());
        if (index == null) {
            index = key(account.key());
        }
        add(index);
        values.add(field(dimension));
        return this;
    }

    /** Notes a key for an account that nothing is asked about. */
    int key(String account) {
        keys.add(ascii(prefix + account));
        indexes.put(account, keys.size());
        return keys.size();
    }

    byte[][] keys() {
        return keys.toArray(byte[][]::new);
    }

    byte[][] values() {
        return values.toArray(byte[][]::new);
    }

    private static byte[] field(Dimension dimension) {
        byte[] field = FIELDS.get(dimension);
        if (field == null) {
            throw new IllegalStateException("no field for " + dimension);
        }
        return field;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
