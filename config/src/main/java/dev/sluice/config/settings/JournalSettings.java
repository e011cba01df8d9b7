package dev.sluice.config.settings;

/**
 * The durable log of accepted events.
 *
 * @param maxPending events that may wait for their commit
 */
public record JournalSettings(int maxPending) {}
