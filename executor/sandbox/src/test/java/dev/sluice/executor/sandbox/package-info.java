@NullMarked
package dev.sluice.executor.sandbox;

import org.jspecify.annotations.NullMarked;
