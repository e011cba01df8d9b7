package dev.sluice.executor.dispatcher.journal;

import dev.sluice.config.definition.Sha256;
import dev.sluice.executor.dispatcher.Event;
import dev.sluice.executor.dispatcher.EventHeaders;
import dev.sluice.executor.dispatcher.TriggeredBy;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Which events of a batch share a row. */
class EventPageTest {
    private static final UUID ORGANIZATION = new UUID(1, 1);
    private final List<JournalEntry> batch = new ArrayList<>();
    private final Random random = new Random(1);

    @Test
    void eventsOfOneSenderShareAPageInTheOrderOfTheirIds() {
        Event second = add(2, null, 100, null);
        Event first = add(1, null, 100, null);
        Event third = add(3, null, 100, null);

        assertThat(ids()).containsExactly(List.of(first.id(), second.id(), third.id()));
    }

    @Test
    void tenantsNeverShareOne() {
        Event one = add(1, new UUID(2, 1), 100, null);
        Event other = add(2, new UUID(2, 2), 100, null);
        Event nobodys = add(3, null, 100, null);
        Event again = add(4, new UUID(2, 1), 100, null);

        assertThat(ids()).containsExactly(List.of(one.id(), again.id()), List.of(other.id()), List.of(nobodys.id()));
    }

    @Test
    void aPageHoldsWhatFitsIntoABlock() {
        for (int i = 0; i < 9; i++) {
            add(i, null, 2_400, null);
        }
        Event large = add(9, null, 100_000, null);
        Event last = add(10, null, 10, null);

        assertThat(ids()).extracting(List::size).containsExactly(3, 3, 3, 1, 1);
        assertThat(ids().subList(3, 5)).containsExactly(List.of(large.id()), List.of(last.id()));
    }

    @Test
    void whatIsStoredCompressedTakesOnlyTheRoomItNeeds() {
        for (int i = 0; i < 20; i++) {
            add(i, null, Buffer.buffer("{\"paid\":true}".repeat(200)), null);
        }

        assertThat(ids()).singleElement().satisfies(page -> assertThat(page).hasSize(20));
    }

    @Test
    void whatIsFartherApartThanReadersLookIsNotOnOnePage() {
        Event first = add(1_000, null, 10, null);
        Event within = add(1_000 + EventPage.SPAN.toMillis(), null, 10, null);
        Event beyond = add(1_001 + EventPage.SPAN.toMillis(), null, 10, null);

        assertThat(ids()).containsExactly(List.of(first.id(), within.id()), List.of(beyond.id()));
    }

    @Test
    void whatMayTurnOutToBeADuplicateHasAPageOfItsOwn() {
        add(1, null, 10, Sha256.of("a"));
        add(2, null, 10, null);
        add(3, null, 10, Sha256.of("b"));

        assertThat(ids()).hasSize(3);
    }

    private List<List<UUID>> ids() {
        return EventPage.of(batch).stream()
                .map(page -> page.entries().stream().map(entry -> entry.event().id()).toList())
                .toList();
    }

    /** Of a size that storing does not change. */
    private Buffer noise(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Buffer.buffer(bytes);
    }

    private Event add(long millis, @Nullable UUID customer, int bodySize, @Nullable Sha256 key) {
        return add(millis, customer, noise(bodySize), key);
    }

    private Event add(long millis, @Nullable UUID customer, Buffer body, @Nullable Sha256 key) {
        Event event = new Event(new UUID(millis << 16 | 0x7000, Long.MIN_VALUE), ORGANIZATION, customer, null,
                TriggeredBy.WEBHOOK, "POST", "/", null, EventHeaders.NONE, body, null, "{}");
        batch.add(new JournalEntry(event, List.of(), false, key));
        return event;
    }
}
