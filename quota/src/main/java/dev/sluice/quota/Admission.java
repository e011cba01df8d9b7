package dev.sluice.quota;

import dev.sluice.config.definition.Dimension;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** The answer to a request for admission. */
public sealed interface Admission {
    /** How the decision was made. */
    QuotaMode mode();

    /**
     * The request may pass and has been counted.
     *
     * @param counts the limits that apply, customer before organization; empty when there are none
     */
    record Granted(List<Count> counts, QuotaMode mode) implements Admission {
        /** No limit applies: nothing was counted. */
        public static final Granted UNLIMITED = new Granted(List.of(), QuotaMode.EXACT);

        /** The limit with the fewest requests left, or null when there are no limits. */
        public @Nullable Count tightest() {
            Count tightest = null;
            for (int i = 0; i < counts.size(); i++) {
                Count count = counts.get(i);
                if (tightest == null || count.remaining() < tightest.remaining()) {
                    tightest = count;
                }
            }
            return tightest;
        }

        /** Whether the request passed over a soft limit. */
        public boolean softExceeded() {
            for (int i = 0; i < counts.size(); i++) {
                if (counts.get(i).exceeded()) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * A hard block: answer 429. Nothing was counted.
     *
     * @param count the exhausted limit; of several, the one that resets last
     * @param retryAfterSeconds time until its reset, at least 1
     */
    record Refused(Count count, long retryAfterSeconds, QuotaMode mode) implements Admission {
        public Dimension dimension() {
            return count.dimension();
        }

        public long limit() {
            return count.limit().amount();
        }

        public long resetEpochSecond() {
            return count.resetEpochSecond();
        }
    }

    /**
     * Counts cannot be had and the setting is to refuse then: answer 503.
     *
     * @param retryAfterSeconds when trying again makes sense, at least 1
     */
    record Unavailable(long retryAfterSeconds) implements Admission {
        @Override
        public QuotaMode mode() {
            return QuotaMode.CLOSED;
        }
    }
}
