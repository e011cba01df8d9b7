package dev.sluice.gateway.http;

import dev.sluice.quota.Admission;
import dev.sluice.quota.Count;
import dev.sluice.quota.QuotaMode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/** What every answer says of the quota it was counted against. */
public final class QuotaHeaders {
    private static final CharSequence LIMIT = HttpHeaders.createOptimized("X-RateLimit-Limit");
    private static final CharSequence REMAINING = HttpHeaders.createOptimized("X-RateLimit-Remaining");
    private static final CharSequence RESET = HttpHeaders.createOptimized("X-RateLimit-Reset");
    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence STATE = HttpHeaders.createOptimized("RateLimit");
    private static final CharSequence MODE = HttpHeaders.createOptimized("X-RateLimit-Mode");

    private QuotaHeaders() {}

    /** Sets the headers of the tightest limit; none where there is no limit. */
    public static void set(HttpServerResponse response, Admission admission) {
        switch (admission) {
            case Admission.Granted granted -> set(response, granted.tightest());
            case Admission.Refused refused -> set(response, refused.count());
            case Admission.Unavailable unavailable -> { }
        }
        if (admission.mode() != QuotaMode.EXACT) {
            response.putHeader(MODE, admission.mode().key());
        }
    }

    /** Ends the response with the 429 or 503 of a refusal. */
    public static void refuse(HttpServerResponse response, Admission admission) {
        set(response, admission);
        switch (admission) {
            case Admission.Refused refused -> {
                response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(refused.retryAfterSeconds()));
                new Problem(429, "the quota of %d %s is used up until its window ends"
                        .formatted(refused.limit(), refused.dimension().key().replace('_', ' ')),
                        Map.of("dimension", refused.dimension().key(), "limit", refused.limit(),
                                "resetAt", refused.resetEpochSecond()))
                        .send(response);
            }
            case Admission.Unavailable unavailable -> {
                response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(unavailable.retryAfterSeconds()));
                Problem.of(503, "quotas cannot be checked at the moment; try again").send(response);
            }
            case Admission.Granted granted -> throw new IllegalArgumentException("a grant is no refusal");
        }
    }

    private static void set(HttpServerResponse response, @Nullable Count count) {
        if (count == null) {
            return;
        }
        String limit = Long.toString(count.limit().amount());
        String remaining = Long.toString(count.remaining());
        long reset = count.resetEpochSecond();
        long seconds = Math.max(0, reset - System.currentTimeMillis() / 1000);
        String name = count.dimension().key();
        response.putHeader(LIMIT, limit)
                .putHeader(REMAINING, remaining)
                .putHeader(RESET, Long.toString(reset))
                .putHeader(POLICY, "\"" + name + "\";q=" + limit + ";w=" + count.windowSeconds())
                .putHeader(STATE, "\"" + name + "\";r=" + remaining + ";t=" + seconds);
    }
}
