/**
 * What an operator can set: {@link dev.sluice.config.settings.Settings#load} reads it once, and everything after works
 * on immutable records.
 *
 * <p>Defaults come first, then the file, then the environment. A key that does not exist and a value that does not fit
 * refuse the start; nothing is corrected silently.
 */
@NullMarked
package dev.sluice.config.settings;

import org.jspecify.annotations.NullMarked;
