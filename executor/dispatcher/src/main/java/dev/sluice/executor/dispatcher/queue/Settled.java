package dev.sluice.executor.dispatcher.queue;

/**
 * What became of a settlement.
 *
 * @param held whether the lease still held; if not, nothing was written
 * @param as what was written: the settlement itself, or a plainer one where the database refused it
 */
public record Settled(boolean held, Settlement as) {}
