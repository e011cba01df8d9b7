@NullMarked
package dev.sluice.executor.dispatcher.journal;

import org.jspecify.annotations.NullMarked;
