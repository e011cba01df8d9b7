/**
 * The journal: every event and the executions it starts, committed before anyone is told. Appending is a group commit:
 * one batch is in flight, one is filling; the cost in latency is one commit, and throughput grows with load.
 *
 * <p>PostgreSQL's time goes into rows and statements more than into bytes. So a batch is one statement; the events of one
 * sender in it are stored as pages, several a row; and executions that wait, as they do when more comes than can run, are
 * stored in the backlog by the dozen and become rows of the queue only shortly before they run.
 */
@NullMarked
package dev.sluice.executor.dispatcher.journal;

import org.jspecify.annotations.NullMarked;
