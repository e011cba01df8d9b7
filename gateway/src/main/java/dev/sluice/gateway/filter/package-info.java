/**
 * Route filters: JSON in, one immutable matcher out.
 *
 * <p>{@link dev.sluice.gateway.filter.Filter} parses what a user wrote, {@link dev.sluice.gateway.filter.Matcher}
 * compiles all filters of a webhook together and matches raw bodies. Pure: no I/O, nothing of the web server.
 */
@NullMarked
package dev.sluice.gateway.filter;

import org.jspecify.annotations.NullMarked;
