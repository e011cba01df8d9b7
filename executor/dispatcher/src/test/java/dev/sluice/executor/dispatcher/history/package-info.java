@NullMarked
package dev.sluice.executor.dispatcher.history;

import org.jspecify.annotations.NullMarked;
