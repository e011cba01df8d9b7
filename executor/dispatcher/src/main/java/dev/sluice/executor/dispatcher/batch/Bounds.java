package dev.sluice.executor.dispatcher.batch;

/**
 * How much is written at once and how much may wait. The first item of a batch is written whatever its size.
 *
 * @param writes most writes at once; after the first, one begins only for a batch that is worth it
 * @param batchItems most items of one write
 * @param batchBytes most bytes of one write
 * @param pendingItems most items that wait for the next writes
 * @param pendingBytes items are refused while this much waits or is being written
 */
public record Bounds(int writes, int batchItems, long batchBytes, int pendingItems, long pendingBytes) {}
