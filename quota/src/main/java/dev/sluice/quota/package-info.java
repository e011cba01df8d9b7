/**
 * Quotas: how much of each dimension a customer and its organization have used in the current calendar window, and
 * whether one more request may pass.
 *
 * <p>{@link dev.sluice.quota.Quotas} is the way in. A request is admitted as {@link dev.sluice.quota.Admission} says;
 * {@link dev.sluice.quota.RateLimitHeaders} renders the answer's headers. Two implementations pass one conformance
 * suite: counts in this process's memory and counts on Redis or Redis Cluster.
 */
@NullMarked
package dev.sluice.quota;

import org.jspecify.annotations.NullMarked;
