/**
 * The management API under {@code /api/v1}. {@link dev.sluice.gateway.api.ApiRouter} authenticates, counts and reads a
 * request without blocking its event loop; the endpoints are sequential code on virtual threads.
 */
@NullMarked
package dev.sluice.gateway.api;

import org.jspecify.annotations.NullMarked;
