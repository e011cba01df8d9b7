/** Reading JSON that somebody else wrote, with errors that name the field. */
@NullMarked
package dev.sluice.config.json;

import org.jspecify.annotations.NullMarked;
