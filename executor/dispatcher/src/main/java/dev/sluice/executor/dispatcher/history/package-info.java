/** Reading what happened: events, executions and dead letters of one tenant. */
@NullMarked
package dev.sluice.executor.dispatcher.history;

import org.jspecify.annotations.NullMarked;
