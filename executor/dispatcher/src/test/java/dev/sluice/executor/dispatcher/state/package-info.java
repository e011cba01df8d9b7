@NullMarked
package dev.sluice.executor.dispatcher.state;

import org.jspecify.annotations.NullMarked;
