package dev.sluice.executor.dispatcher.history;

import dev.sluice.config.definition.Sha256;
import dev.sluice.config.id.Uuid7;
import dev.sluice.config.postgres.Tenant;
import dev.sluice.executor.dispatcher.Event;
import dev.sluice.executor.dispatcher.EventHeaders;
import dev.sluice.executor.dispatcher.TriggeredBy;
import dev.sluice.executor.dispatcher.journal.Journal;
import dev.sluice.executor.dispatcher.journal.JournalEntry;
import dev.sluice.executor.dispatcher.testing.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Events are found and listed one by one, however they share pages. */
@SuppressWarnings("NullAway") // opened before all tests; what is not there is null
class EventsTest {
    private static final int PAGE = 7;
    private static final long SEED = 20_261_125;
    private static Database database;
    private final Random random = new Random(SEED);
    private final UUID organization = database.ids().next();
    private final UUID trigger = database.ids().next();
    private final Tenant tenant = Tenant.of(organization);
    private final Events events = new Events(database.postgres());
    private final long start = Instant.now().minusSeconds(60).toEpochMilli();
    private final Journal journal = new Journal(
            database.loop(), database.postgres().journal(), () -> new UUID(0, 0), 10_000, 64 << 20, Duration.ofHours(1));

    @BeforeAll
    static void open() throws Exception {
        database = new Database();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aListHasEveryEventOnceNewestFirstWhereverItIsCut() {
        List<Event> all = journalled();

        assertThat(listed(new HistoryFilter(null, null, null, null, null, null, null, null, PAGE)))
                .isEqualTo(newestFirst(all));
    }

    @Test
    void aListKeepsToItsTimes() {
        List<Event> all = journalled();
        for (int i = 0; i < 10; i++) {
            OffsetDateTime from = at(random.nextInt(1_000));
            OffsetDateTime to = from.plus(Duration.ofMillis(1 + random.nextInt(1_000)));
            List<Event> within = all.stream().filter(event -> !event.receivedAt().isBefore(from.toInstant())
                    && event.receivedAt().isBefore(to.toInstant())).toList();

            assertThat(listed(new HistoryFilter(null, null, null, trigger, null, from, to, null, PAGE)))
                    .isEqualTo(newestFirst(within));
            List<UUID> forward = new ArrayList<>();
            List<Events.StoredEvent> found = stored(from, to, new UUID(0, 0));
            while (!found.isEmpty()) {
                found.forEach(event -> forward.add(event.id()));
                found = stored(from, to, forward.getLast());
            }
            assertThat(forward.reversed()).map(UUID::toString).isEqualTo(newestFirst(within));
        }
    }

    @Test
    void everyEventIsFoundWithItsOwnBytes() {
        for (Event event : journalled()) {
            assertThat(Database.await(events.rawBody(tenant, event.id()))).isEqualTo(event.body());
            JsonObject found = new JsonObject(
                    Objects.requireNonNull(Database.await(events.find(tenant, event.id()))).text());
            assertThat(found.getString("path")).isEqualTo(event.path());
        }
        assertThat(Database.await(events.rawBody(tenant, UUID.randomUUID()))).isNull();
    }

    @Test
    void aDayCountsItsOwnEventsThoughAPageReachesIntoTheNext() {
        Instant midnight = Instant.now().atZone(ZoneOffset.UTC).toLocalDate().atStartOfDay(ZoneOffset.UTC).toInstant();
        journal(List.of(event(midnight.toEpochMilli() - 20, null), event(midnight.toEpochMilli() - 1, null),
                event(midnight.toEpochMilli(), null)));
        assertThat(database.count("SELECT count(*) FROM event_pages WHERE organization_id = ?", organization))
                .as("pages").isEqualTo(1);
        LocalDate today = LocalDate.ofInstant(midnight, ZoneOffset.UTC);

        List<UsageHistory.Day> days = Database.await(new UsageHistory(database.postgres())
                .perDay(tenant, ZoneId.of("UTC"), today.minusDays(1), today, null));

        assertThat(days).containsExactlyInAnyOrder(
                new UsageHistory.Day(today.minusDays(1), null, 2), new UsageHistory.Day(today, null, 1));
        assertThat(Database.await(new UsageHistory(database.postgres()).perDay(tenant, ZoneId.of("UTC"), today, today, null)))
                .containsExactly(new UsageHistory.Day(today, null, 1));
    }

    @Test
    void theDatabaseLooksAsFarBackAsPagesReach() {
        assertThat(database.value("SELECT earliest_page(?)", new UUID(1_000L << 16 | 0x7abc, Long.MIN_VALUE)))
                .isEqualTo(new UUID(900L << 16, 0).toString());
        assertThat(database.value("SELECT earliest_page(?)", new UUID(0, 0))).isEqualTo(new UUID(0, 0).toString());
    }

    /** 400 events of two seconds in batches, with some that wait long for their commit and some with keys. */
    private List<Event> journalled() {
        List<Event> all = new ArrayList<>();
        for (int batch = 0; batch < 40; batch++) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                long millis = start + batch * 50L + random.nextInt(random.nextInt(8) == 0 ? 1_000 : 60);
                events.add(event(millis, null));
            }
            journal(events);
            all.addAll(events);
        }
        return all;
    }

    private Event event(long millis, @Nullable UUID customer) {
        UUID id = new UUID(millis << 16 | 0x7000 | random.nextInt(0x1000), random.nextLong() >>> 2 | Long.MIN_VALUE);
        return new Event(id, organization, customer, trigger, TriggeredBy.WEBHOOK, "POST", "/" + id, null,
                EventHeaders.NONE, Buffer.buffer("{\"n\":\"" + "x".repeat(random.nextInt(3_000)) + "\"}"), null, "{}");
    }

    private void journal(List<Event> events) {
        database.call(() -> Future.all(events.stream().map(event -> journal.append(new JournalEntry(event, List.of(), false,
                random.nextInt(10) == 0 && events.size() > 3 ? Sha256.of(event.id().toString()) : null))).toList()));
    }

    private static List<String> newestFirst(List<Event> events) {
        return events.stream().map(event -> event.id().toString()).sorted(Comparator.reverseOrder()).toList();
    }

    private List<String> listed(HistoryFilter filter) {
        List<String> ids = new ArrayList<>();
        List<Item> found = Database.await(events.list(tenant, filter));
        while (!found.isEmpty()) {
            assertThat(found).hasSizeLessThanOrEqualTo(PAGE);
            found.forEach(item -> ids.add(item.id()));
            found = Database.await(events.list(tenant, new HistoryFilter(null, null, null, filter.triggerId(), null,
                    filter.from(), filter.to(), UUID.fromString(ids.getLast()), PAGE)));
        }
        return ids;
    }

    private List<Events.StoredEvent> stored(OffsetDateTime from, OffsetDateTime to, UUID after) {
        return Database.await(events.stored(tenant, trigger, from, to, after, PAGE));
    }

    private OffsetDateTime at(long millis) {
        return Uuid7.time(new UUID((start + millis) << 16, 0)).atOffset(ZoneOffset.UTC);
    }
}
