@NullMarked
package dev.sluice.executor.dispatcher.sandbox;

import org.jspecify.annotations.NullMarked;
