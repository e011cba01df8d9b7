package dev.sluice.executor.dispatcher.journal;

import java.util.UUID;

/** What became of an entry. */
public sealed interface Appended {
    /** It is committed. */
    record Committed() implements Appended {}

    /** An event with the same deduplication key was there before; nothing was written. */
    record Duplicate(UUID originalEventId) implements Appended {}

    /** The database cannot hold it, whatever is tried; nothing was written. */
    record Unstorable(Throwable cause) implements Appended {}
}
