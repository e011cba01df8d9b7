@NullMarked
package dev.sluice.executor.dispatcher.batch;

import org.jspecify.annotations.NullMarked;
