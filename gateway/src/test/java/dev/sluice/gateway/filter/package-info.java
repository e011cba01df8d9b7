@NullMarked
package dev.sluice.gateway.filter;

import org.jspecify.annotations.NullMarked;
