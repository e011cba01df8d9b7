package dev.sluice.quota.redis;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Limit;
import dev.sluice.config.definition.Limits;
import dev.sluice.quota.Kind;
import dev.sluice.quota.QuotaMetrics;
import dev.sluice.quota.Subject;
import dev.sluice.quota.Subjects;
import dev.sluice.quota.ledger.Charge;
import dev.sluice.quota.ledger.DayWindows;
import dev.sluice.quota.ledger.Ledger;
import dev.sluice.quota.testing.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The script by itself: blocks in, replies out. */
class CountScriptTest {
    private static final long KEPT_SECONDS = 180_000;
    private static final long ANY_TIME = Long.MAX_VALUE - 1;
    private static final Limits FIVE_A_DAY = Subjects.limits(Dimension.EVENTS_PER_DAY, Limit.hardBlock(5));
    private static final Limits MANY_A_DAY = Subjects.limits(Dimension.EVENTS_PER_DAY, Limit.hardBlock(1_000));

    private static RedisProcess redis;
    private static ScheduledExecutorService timer;
    private static RedisLink link;

    private final UUID organization = UUID.randomUUID();
    private final String prefix = Block.prefix(organization);
    private final long now = Instant.now().getEpochSecond();

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        timer = Executors.newSingleThreadScheduledExecutor();
        link = RedisClients.link(RedisSettings.standalone(redis.uri()), new QuotaMetrics(), timer);
        link.firstConnected().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @AfterAll
    static void stop() {
        link.close();
        timer.shutdownNow();
        redis.close();
    }

    private static List<Reply> call(Block... blocks) {
        ByteBuffer argument = ByteBuffer.allocate(Stream.of(blocks).mapToInt(Block::length).sum());
        Stream.of(blocks).forEach(block -> block.appendTo(argument));
        byte[][] keys = Stream.of(blocks).flatMap(block -> block.keys().stream()).toArray(byte[][]::new);
        return link.call(Script.COUNT, keys, argument.array()).toCompletableFuture().join().stream()
                .map(said -> new Reply((byte[]) said)).toList();
    }

    private Block block() {
        return new Block(prefix);
    }

    private Block complete(Block block) {
        return block.complete(now, ANY_TIME, DayWindows.around(ZoneOffset.UTC, now));
    }

    @Test
    void demandsOfOneBlockShareWhatTheirOrganizationHasLeft() {
        Ledger ledger = new Ledger(ZoneOffset.UTC, now);
        List<Charge> charges = Stream.generate(() -> Subjects.customer(organization, FIVE_A_DAY, MANY_A_DAY)).limit(3)
                .map(subject -> ledger.charge(subject, Kind.EVENT)).toList();
        Block block = block();
        charges.forEach(charge -> block.take(charge, 3));
        Block other = new Block(Block.prefix(UUID.randomUUID()));
        other.take(charges.getFirst(), 4);
        List<Reply> replies = call(complete(block), complete(other));
        List<Taken> taken = charges.stream().map(charge -> replies.getFirst().next(charge, 3)).toList();
        assertThat(taken).extracting(Taken::taken).containsExactly(3, 2, 0);
        DayWindows days = DayWindows.around(ZoneOffset.UTC, now);
        assertThat(taken.get(1).counts(charges.get(1), days, 2)).extracting(count -> count.used())
                .as("customer, organization").containsExactly(2L, 5L);
        assertThat(taken.get(2).counts(charges.get(2), days, 0)).extracting(count -> count.used())
                .containsExactly(0L, 5L);
        assertThat(replies.getLast().next(charges.getFirst(), 4).taken()).isEqualTo(4);
    }

    @Test
    void aCountExpiresLongAfterItsWindowBegan() {
        Charge charge = new Ledger(ZoneOffset.UTC, now)
                .charge(Subjects.customer(organization, Limits.NONE, MANY_A_DAY), Kind.EVENT);
        String key = take(charge);
        assertThat(redis.<Long>ask(commands -> commands.ttl(key))).isBetween(KEPT_SECONDS - 20, KEPT_SECONDS);
        redis.ask(commands -> commands.expire(key, 1_000));
        take(charge);
        assertThat(redis.<Long>ask(commands -> commands.ttl(key))).as("the same window").isBetween(900L, 1_000L);
    }

    private String take(Charge charge) {
        Block block = block();
        block.take(charge, 1);
        assertThat(call(complete(block)).getFirst().next(charge, 1).taken()).isEqualTo(1);
        return new String(block.keys().getFirst(), StandardCharsets.US_ASCII);
    }

    @Test
    void aBlockThatComesTooLateCountsNothingAndLeavesOthersAlone() {
        Subject subject = Subjects.customer(organization, Limits.NONE, FIVE_A_DAY);
        Charge charge = new Ledger(ZoneOffset.UTC, now).charge(subject, Kind.EVENT);
        Block late = block();
        late.take(charge, 2);
        late.complete(now, (now - 60) * 1_000, DayWindows.around(ZoneOffset.UTC, now));
        Block inTime = new Block(Block.prefix(UUID.randomUUID()));
        inTime.take(charge, 1);
        List<Reply> replies = call(late, complete(inTime));
        assertThat(replies).extracting(Reply::done).containsExactly(false, true);
        assertThat(replies.getLast().next(charge, 1).taken()).isEqualTo(1);
        assertThat(redis.<List<String>>ask(commands -> commands.keys(prefix + "*"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-3, -1, 0, 1, 3})
    void aNodeOnTheOtherSideOfMidnightNeedsNoSecondCall(long hoursAhead) {
        long believed = now + Duration.ofHours(hoursAhead).toSeconds();
        // Where it is now half past midnight, or half past eleven in the evening.
        int untilMidnight = (hoursAhead < 0 ? -1 : 1) * 1_800;
        ZoneOffset zone = ZoneOffset.ofTotalSeconds(zoneSeconds(untilMidnight));
        Subject subject = Subjects.in(Subjects.customer(organization, Limits.NONE, FIVE_A_DAY), zone);
        Charge charge = new Ledger(zone, believed).charge(subject, Kind.EVENT);
        Block block = block();
        block.take(charge, 1);
        block.complete(believed, ANY_TIME, DayWindows.around(zone, believed));
        Reply reply = call(block).getFirst();
        assertThat(reply.done()).isTrue();
        long day = reply.next(charge, 1).counts(charge, DayWindows.around(zone, now), 1).getFirst().window();
        assertThat(day).isEqualTo(LocalDate.ofInstant(Instant.ofEpochMilli(reply.serverMillis()), zone).toEpochDay());
    }

    private int zoneSeconds(int untilMidnight) {
        int day = (int) Duration.ofDays(1).toSeconds();
        int offset = Math.floorMod(-untilMidnight - (int) (now % day), day);
        return offset > day / 2 ? offset - day : offset;
    }
}
