package dev.sluice.quota;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Limits;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.concurrent.CompletionStage;

/**
 * Decides whether a request may pass under the limits of its customer and organization, and counts it.
 *
 * <p>Safe for use by any thread. The stages never fail because Redis does: what happens then is decided by
 * {@link FailurePolicy}. They complete on a thread of the Redis client or on the caller's; hop back to your own.
 */
public interface Quotas extends AutoCloseable {
    /**
     * A hard block this node knows of, from memory: no Redis, no waiting. {@link #admit} looks there too; ask this
     * first to refuse before anything else is done.
     *
     * @return the refusal, or null when none is known, which does not mean that the request will be admitted
     */
    Admission.@Nullable Refused remembered(Subject subject, Kind kind);

    /**
     * Takes one of each dimension of the kind from customer and organization, or nothing at all. A subject without
     * limits completes at once and costs nothing.
     */
    CompletionStage<Admission> admit(Subject subject, Kind kind);

    /**
     * Gives back what a grant took, for a request that should cost its customer nothing. Once per grant. A window that
     * has ended meanwhile is left alone.
     */
    void giveBack(Subject subject, Admission.Granted granted);

    /**
     * What has been used in the current windows, counting nothing.
     *
     * @param plan the plan's limits, to tell an override from it
     */
    CompletionStage<Usage> usage(Subject subject, Limits plan);

    /**
     * Raises a day's count to what is known from the journal, after the counts were lost. A count that is already
     * higher stays; a day that is over is left alone.
     *
     * @param scope whose count: the subject's customer's or its organization's
     * @param day a day of the organization's calendar, not in the future
     * @return fails if the counts cannot be reached; repeating it is harmless
     * @throws IllegalArgumentException if the dimension is not counted per day, the subject has no such account or the
     *     day has not begun
     */
    CompletionStage<Void> restore(Subject subject, Scope scope, Dimension dimension, LocalDate day, long used);

    /** The least trustworthy way in which any organization is decided at this moment. */
    QuotaMode mode();

    QuotaMetrics metrics();

    /** Stops background work and closes what this object opened. Requests in flight are answered by the policy. */
    @Override
    void close();
}
