/** The product as tests meet it: in a process of its own, through HTTP, signals and its data directory. */
@NullMarked
package dev.sluice.gateway.running;

import org.jspecify.annotations.NullMarked;
