@NullMarked
package dev.sluice.executor.dispatcher;

import org.jspecify.annotations.NullMarked;
