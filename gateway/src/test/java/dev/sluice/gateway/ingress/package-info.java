@NullMarked
package dev.sluice.gateway.ingress;

import org.jspecify.annotations.NullMarked;
