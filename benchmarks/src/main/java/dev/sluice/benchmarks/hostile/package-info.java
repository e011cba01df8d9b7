/**
 * A campaign of hostile requests through the real edge and API: batches are drawn and sent, and after each what must hold
 * whatever is sent is checked. {@code input} makes the requests, {@code wire} sends them, {@code check} judges.
 */
@NullMarked
package dev.sluice.benchmarks.hostile;

import org.jspecify.annotations.NullMarked;
