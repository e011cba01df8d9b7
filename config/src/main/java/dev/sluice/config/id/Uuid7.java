package dev.sluice.config.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * UUID version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then a 12-bit counter that keeps ids of one generator in
 * order within a millisecond (§6.2, method 1), then 62 random bits. Ids sort by time, in PostgreSQL too.
 */
public final class Uuid7 {
    private static final int COUNTER_MAX = 0xFFF;

    // Ids are names, not secrets: a fast generator with an unpredictable seed is enough.
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(new SecureRandom().nextLong());
    private long lastMillis;
    private int counter;

    /** The next id; its time never goes back, even when the clock does. */
    public synchronized UUID next() {
        long now = System.currentTimeMillis();
        if (now > lastMillis) {
            lastMillis = now;
            counter = random.nextInt(COUNTER_MAX / 2);
        } else if (++counter > COUNTER_MAX) {
            lastMillis++;
            counter = 0;
        }
        long most = (lastMillis << 16) | 0x7000L | counter;
        long least = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    /** The time an id was made at, to the millisecond. */
    public static Instant time(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
