/**
 * What users define: organizations, customers, plans, triggers with their routes, workflows and their versions. Records
 * here are immutable; {@link dev.sluice.config.definition.Snapshot} is all of them at one moment, and
 * {@link dev.sluice.config.definition.Definitions} keeps the newest snapshot in memory.
 */
@NullMarked
package dev.sluice.config.definition;

import org.jspecify.annotations.NullMarked;
