@NullMarked
package dev.sluice.quota;

import org.jspecify.annotations.NullMarked;
