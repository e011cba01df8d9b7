/** What the tests of the dispatcher share: a database of their own, and events and executions to put into it. */
@NullMarked
package dev.sluice.executor.dispatcher.testing;

import org.jspecify.annotations.NullMarked;
