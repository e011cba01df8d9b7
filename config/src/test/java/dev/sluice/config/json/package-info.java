@NullMarked
package dev.sluice.config.json;

import org.jspecify.annotations.NullMarked;
