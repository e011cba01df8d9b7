/** Tests of the HTTP server without the product behind it. */
@NullMarked
package dev.sluice.gateway.http;

import org.jspecify.annotations.NullMarked;
