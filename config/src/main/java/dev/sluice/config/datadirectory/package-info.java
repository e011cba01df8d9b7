/**
 * The one directory in which a node keeps everything that outlives it, and the lock that gives it to one process at a
 * time.
 */
@NullMarked
package dev.sluice.config.datadirectory;

import org.jspecify.annotations.NullMarked;
