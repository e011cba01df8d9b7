/**
 * The queue: executions that are not finished. A row is pending (no node) or leased to a node; it leaves when the
 * execution ends. A lease is worth as much as its node's heartbeat: a node that is silent too long is struck from
 * {@code nodes}, its executions become pending again, and what it says of them later is refused, because both its id and
 * the fencing token of the lease must still be in the row.
 *
 * <pre>
 *            claim, or journalled as leased
 *   pending ───────────────────────────────▶ leased ──▶ finished: row moves to executions
 *      ▲                                        │        (and to dead_letters, if it failed for good)
 *      └────────────────────────────────────────┘
 *        failed with attempts left · sandbox lost · node silent or stopping
 * </pre>
 */
@NullMarked
package dev.sluice.executor.dispatcher.queue;

import org.jspecify.annotations.NullMarked;
