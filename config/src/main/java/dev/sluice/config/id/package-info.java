/** Identifiers made in the process. */
@NullMarked
package dev.sluice.config.id;

import org.jspecify.annotations.NullMarked;
