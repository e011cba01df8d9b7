/**
 * What the trusted dispatcher and an untrusted sandbox process say to each other.
 *
 * <p>The dispatcher trusts nothing that comes back: every frame is bounded in size, every field is checked while it is
 * decoded, and a frame that does not parse ends the process that sent it.
 */
@NullMarked
package dev.sluice.executor.sandbox.protocol;

import org.jspecify.annotations.NullMarked;
