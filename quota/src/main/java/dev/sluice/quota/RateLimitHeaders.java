package dev.sluice.quota;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * The response headers that tell a caller how its limits stand.
 *
 * <p>{@code X-RateLimit-Limit}, {@code -Remaining} and {@code -Reset} (Unix seconds) speak of the tightest limit;
 * {@code RateLimit-Policy} and {@code RateLimit} of all that are known, in the form of the IETF draft
 * <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header fields for
 * HTTP</a>. {@code X-RateLimit-Exceeded} names soft limits that the request went over, {@code X-RateLimit-Mode} how
 * the decision was made when it was not exact. A refusal adds {@code Retry-After} in seconds.
 */
public final class RateLimitHeaders {
    public static final String LIMIT = "X-RateLimit-Limit";
    public static final String REMAINING = "X-RateLimit-Remaining";
    public static final String RESET = "X-RateLimit-Reset";
    public static final String EXCEEDED = "X-RateLimit-Exceeded";
    public static final String MODE = "X-RateLimit-Mode";
    public static final String POLICY = "RateLimit-Policy";
    public static final String RATE_LIMIT = "RateLimit";
    public static final String RETRY_AFTER = "Retry-After";

    private RateLimitHeaders() {}

    /**
     * Hands over the headers of an answer, none when no limit applies.
     *
     * @param nowEpochSecond the time, for the seconds left until a reset
     * @param header takes name and value
     */
    public static void write(Admission admission, long nowEpochSecond, BiConsumer<String, String> header) {
        switch (admission) {
            case Admission.Granted granted -> {
                Count tightest = granted.tightest();
                if (tightest == null) {
                    return;
                }
                counts(granted.counts(), tightest, nowEpochSecond, header);
                if (granted.softExceeded()) {
                    header.accept(EXCEEDED, exceeded(granted.counts()));
                }
            }
            case Admission.Refused refused -> {
                counts(List.of(refused.count()), refused.count(), nowEpochSecond, header);
                header.accept(RETRY_AFTER, Long.toString(refused.retryAfterSeconds()));
            }
            case Admission.Unavailable unavailable ->
                header.accept(RETRY_AFTER, Long.toString(unavailable.retryAfterSeconds()));
        }
        if (admission.mode() != QuotaMode.EXACT) {
            header.accept(MODE, admission.mode().key());
        }
    }

    private static void counts(
            List<Count> counts, Count tightest, long nowEpochSecond, BiConsumer<String, String> header) {
        header.accept(LIMIT, Long.toString(tightest.limit().amount()));
        header.accept(REMAINING, Long.toString(tightest.remaining()));
        header.accept(RESET, Long.toString(tightest.resetEpochSecond()));
        StringBuilder policies = new StringBuilder(48 * counts.size());
        StringBuilder limits = new StringBuilder(40 * counts.size());
        for (int i = 0; i < counts.size(); i++) {
            Count count = counts.get(i);
            name(separated(policies), count)
                    .append(";q=").append(count.limit().amount()).append(";w=").append(count.windowSeconds());
            name(separated(limits), count)
                    .append(";r=").append(count.remaining())
                    .append(";t=").append(Math.max(0, count.resetEpochSecond() - nowEpochSecond));
        }
        header.accept(POLICY, policies.toString());
        header.accept(RATE_LIMIT, limits.toString());
    }

    private static StringBuilder separated(StringBuilder list) {
        return list.isEmpty() ? list : list.append(", ");
    }

    private static StringBuilder name(StringBuilder text, Count count) {
        text.append('"');
        if (count.scope() == Scope.ORGANIZATION) {
            text.append("organization_");
        }
        return text.append(count.dimension().key()).append('"');
    }

    private static String exceeded(List<Count> counts) {
        StringBuilder names = new StringBuilder();
        for (Count count : counts) {
            if (count.exceeded()) {
                separated(names).append(count.dimension().key());
            }
        }
        return names.toString();
    }
}
