@NullMarked
package dev.sluice.gateway.filter.engine;

import org.jspecify.annotations.NullMarked;
