@NullMarked
package dev.sluice.gateway.filter.json;

import org.jspecify.annotations.NullMarked;
