package dev.sluice.executor.dispatcher.journal;

import dev.sluice.config.id.Uuid7;
import dev.sluice.executor.dispatcher.Event;
import dev.sluice.executor.dispatcher.TriggeredBy;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events of one sender that are stored as one row, in the order of their ids. */
record EventPage(List<Stored> events) {
    /** How far apart its events may be; readers rely on it, and {@code page_span()} in the database says the same. */
    static final Duration SPAN = Duration.ofMillis(100);

    /** What fits into a block of the table with what a row and its arrays need besides; larger rows go out of line. */
    private static final int MAX_BYTES = 7_800;
    private static final int BYTES_PER_EVENT = 40;

    /** An event and its details as text. */
    record Stored(Event event, String details) {
        private int bytes() {
            return event.body().length() + details.length() + BYTES_PER_EVENT;
        }
    }

    /** Whose events may share a row: the row belongs to one tenant. */
    private record Sender(UUID organizationId, @Nullable UUID customerId, @Nullable UUID triggerId, TriggeredBy by) {}

    UUID id() {
        return first().id();
    }

    Event first() {
        return events.getFirst().event();
    }

    /**
     * The pages of a batch. An event with a deduplication key has a page of its own, for it may turn out not to be
     * stored.
     */
    static List<EventPage> of(List<JournalEntry> batch) {
        List<EventPage> pages = new ArrayList<>();
        Map<Sender, List<Stored>> senders = new LinkedHashMap<>();
        for (JournalEntry entry : batch) {
            Event event = entry.event();
            Stored stored = new Stored(event, entry.details());
            if (entry.deduplicationKey() == null) {
                senders.computeIfAbsent(
                        new Sender(event.organizationId(), event.customerId(), event.triggerId(), event.triggeredBy()),
                        sender -> new ArrayList<>()).add(stored);
            } else {
                pages.add(new EventPage(List.of(stored)));
            }
        }
        senders.values().forEach(events -> cut(events, pages));
        return pages;
    }

    private static void cut(List<Stored> events, List<EventPage> pages) {
        events.sort(Comparator.comparing(stored -> stored.event().id()));
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            Stored stored = events.get(i);
            if (i > from && (bytes + stored.bytes() > MAX_BYTES || tooFarApart(events.get(from), stored))) {
                pages.add(new EventPage(events.subList(from, i)));
                from = i;
                bytes = 0;
            }
            bytes += stored.bytes();
        }
        pages.add(new EventPage(events.subList(from, events.size())));
    }

    private static boolean tooFarApart(Stored first, Stored last) {
        return Duration.between(Uuid7.time(first.event().id()), Uuid7.time(last.event().id())).compareTo(SPAN) > 0;
    }
}
