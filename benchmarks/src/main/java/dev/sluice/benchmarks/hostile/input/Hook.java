package dev.sluice.benchmarks.hostile.input;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * A webhook of the attackers.
 *
 * @param tenant which attacker it belongs to
 * @param customer id of the customer it is bound to, or null
 * @param secret of its authentication; null if anyone may send
 * @param hmac whether the secret signs the body; else it is the key itself
 * @param deduplicationHeader the header that names an event, or null
 * @param timeout of its Instant workflow; null if events are answered with 202
 */
public record Hook(String id, int tenant, @Nullable String customer, @Nullable String secret, boolean hmac,
        @Nullable String deduplicationHeader, @Nullable Duration timeout) {
    /** Where events are sent. */
    public String path() {
        return "/hooks/" + id;
    }

    /** Whether the sender gets the workflow's result. */
    public boolean instant() {
        return timeout != null;
    }
}
