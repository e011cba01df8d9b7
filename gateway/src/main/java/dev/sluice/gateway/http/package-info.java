/** The HTTP server: what every answer has in common, health and metrics. */
@NullMarked
package dev.sluice.gateway.http;

import org.jspecify.annotations.NullMarked;
