/**
 * Runs executions: each is a serial mailbox whose turns share a few threads, watched from outside.
 *
 * <pre>
 *  received ──▶ first turn ──▶ (waiting ⇄ turn)* ──▶ ended
 *                                   watchdog ─────────▲
 * </pre>
 *
 * An execution ends exactly once, by whoever is first: the workflow itself, its clock, the watchdog or a cancel.
 */
@NullMarked
package dev.sluice.executor.sandbox.run;

import org.jspecify.annotations.NullMarked;
