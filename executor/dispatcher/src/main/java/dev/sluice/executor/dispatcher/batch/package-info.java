/** Writing many things with one statement: what they wait in, and how they become parameters. */
@NullMarked
package dev.sluice.executor.dispatcher.batch;

import org.jspecify.annotations.NullMarked;
