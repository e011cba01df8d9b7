/**
 * Supervises the sandbox processes: starts, feeds, replaces and drains them.
 *
 * <p>A process that dies costs nothing but time: everything it was running resolves as {@code Lost} at once, and a new
 * one is started with backoff. Nothing here blocks its caller, and nothing queues without bound: work is handed over
 * only with a slot reserved.
 */
@NullMarked
package dev.sluice.executor.dispatcher.sandbox;

import org.jspecify.annotations.NullMarked;
