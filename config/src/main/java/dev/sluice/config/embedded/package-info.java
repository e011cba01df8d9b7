/**
 * PostgreSQL and Redis for a node that was given none: real servers, run as child processes out of the data directory.
 *
 * <p>{@link dev.sluice.config.embedded.EmbeddedServers} is the way in. Binaries are unpacked once a version; data,
 * port and password of each server stay in the data directory, so a restart finds the same servers again. Servers
 * orphaned by a {@code kill -9} are found through their own pid files and stopped before new ones are started.
 */
@NullMarked
package dev.sluice.config.embedded;

import org.jspecify.annotations.NullMarked;
