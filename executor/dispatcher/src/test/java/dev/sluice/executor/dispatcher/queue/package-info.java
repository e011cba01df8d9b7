@NullMarked
package dev.sluice.executor.dispatcher.queue;

import org.jspecify.annotations.NullMarked;
