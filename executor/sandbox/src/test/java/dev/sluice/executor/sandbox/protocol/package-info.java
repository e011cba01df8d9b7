@NullMarked
package dev.sluice.executor.sandbox.protocol;

import org.jspecify.annotations.NullMarked;
