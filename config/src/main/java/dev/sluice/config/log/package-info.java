/** How failures are logged: one that repeats, and one that nobody expected. */
@NullMarked
package dev.sluice.config.log;

import org.jspecify.annotations.NullMarked;
