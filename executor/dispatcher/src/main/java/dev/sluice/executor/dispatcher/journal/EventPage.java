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
record EventPage(List<JournalEntry> entries) {
    /** How far apart its events may be; readers rely on it, and {@code page_span()} in the database says the same. */
    static final Duration SPAN = Duration.ofMillis(100);

    /** What fits into a block of the table with what a row and its arrays need besides; larger rows go out of line. */
    private static final int MAX_BYTES = 7_800;
    private static final int BYTES_PER_EVENT = 40;

    /** Whose events may share a row: the row belongs to one tenant. */
    private record Sender(UUID organizationId, @Nullable UUID customerId, @Nullable UUID triggerId, TriggeredBy by) {}

    UUID id() {
        return first().id();
    }

    Event first() {
        return entries.getFirst().event();
    }

    /**
     * The pages of a batch. An event with a deduplication key has a page of its own, for it may turn out not to be
     * stored.
     */
    static List<EventPage> of(List<JournalEntry> batch) {
        List<EventPage> pages = new ArrayList<>();
        Map<Sender, List<JournalEntry>> senders = new LinkedHashMap<>();
        for (JournalEntry entry : batch) {
            Event event = entry.event();
            if (entry.deduplicationKey() == null) {
                senders.computeIfAbsent(
                        new Sender(event.organizationId(), event.customerId(), event.triggerId(), event.triggeredBy()),
                        sender -> new ArrayList<>()).add(entry);
            } else {
                pages.add(new EventPage(List.of(entry)));
            }
        }
        senders.values().forEach(entries -> cut(entries, pages));
        return pages;
    }

    private static void cut(List<JournalEntry> entries, List<EventPage> pages) {
        entries.sort(Comparator.comparing(entry -> entry.event().id()));
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            JournalEntry entry = entries.get(i);
            int more = entry.body().length() + entry.details().length() + BYTES_PER_EVENT;
            if (i > from && (bytes + more > MAX_BYTES || tooFarApart(entries.get(from), entry))) {
                pages.add(new EventPage(entries.subList(from, i)));
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        pages.add(new EventPage(entries.subList(from, entries.size())));
    }

    private static boolean tooFarApart(JournalEntry first, JournalEntry last) {
        return Duration.between(Uuid7.time(first.event().id()), Uuid7.time(last.event().id())).compareTo(SPAN) > 0;
    }
}
