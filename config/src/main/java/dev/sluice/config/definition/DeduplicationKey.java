package dev.sluice.config.definition;

/** Where an event's deduplication key is found. */
public sealed interface DeduplicationKey {
    /** The value of a request header. */
    record Header(String name) implements DeduplicationKey {}

    /** The value at a dotted path of the JSON body. */
    record Path(String path) implements DeduplicationKey {}
}
