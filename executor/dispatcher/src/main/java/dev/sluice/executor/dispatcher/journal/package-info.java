/**
 * The journal: every event and the executions it starts, committed before anyone is told. Appending is a group commit:
 * one batch is in flight, one is filling; the cost in latency is one commit, and throughput grows with load.
 */
@NullMarked
package dev.sluice.executor.dispatcher.journal;

import org.jspecify.annotations.NullMarked;
