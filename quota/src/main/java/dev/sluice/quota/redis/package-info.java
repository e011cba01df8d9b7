/**
 * Quotas counted on Redis or Redis Cluster, exact across nodes.
 *
 * <p>Every organization has a lane: one call to Redis in flight, and behind it everything that arrives meanwhile, which
 * goes with the next call. So a busy key costs Redis one call for many decisions, and an idle one waits for nobody.
 * On a single server the calls of many lanes travel together. A call is one script that reads the server's clock, finds
 * the windows, and takes from all counters of customer and organization or from none; no node's clock has a say.
 *
 * <pre>
 *            call fails                     Redis answers, counts reported
 *   EXACT ──────────────▶ AWAY ───────────▶ RETURNING ───────────────────▶ EXACT
 *                          ▲  decided by the  │ held back
 *                          └── failure policy ┘ call fails
 * </pre>
 *
 * <p>Under the policy {@code local}, a node that is back keeps to its share of what was left, besides what Redis says,
 * until the others must be back too: Redis does not know yet what they admitted.
 */
@NullMarked
package dev.sluice.quota.redis;

import org.jspecify.annotations.NullMarked;
