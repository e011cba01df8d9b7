/** The way of an event from its first byte to the 202; {@link dev.sluice.gateway.ingress.IngressPipeline} is the map. */
@NullMarked
package dev.sluice.gateway.ingress;

import org.jspecify.annotations.NullMarked;
