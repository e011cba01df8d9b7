/** What the product promises, from the outside: each class holds one promise against a node in its own process. */
@NullMarked
package dev.sluice.gateway.e2e;

import org.jspecify.annotations.NullMarked;
