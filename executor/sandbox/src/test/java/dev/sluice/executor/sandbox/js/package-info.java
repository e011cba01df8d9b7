@NullMarked
package dev.sluice.executor.sandbox.js;

import org.jspecify.annotations.NullMarked;
