package dev.sluice.gateway.http;

import dev.sluice.quota.Admission;
import dev.sluice.quota.RateLimitHeaders;
import io.vertx.core.http.HttpServerResponse;

import java.util.Map;

/** What every answer says of the quota it was counted against. */
public final class QuotaHeaders {
    private QuotaHeaders() {}

    /** Sets the headers of an admission; none where there is no limit. */
    public static void set(HttpServerResponse response, Admission admission) {
        RateLimitHeaders.write(admission, System.currentTimeMillis() / 1000, response::putHeader);
    }

    /** Ends the response with the 429 or 503 of a refusal. */
    public static void refuse(HttpServerResponse response, Admission admission) {
        set(response, admission);
        switch (admission) {
            case Admission.Refused refused -> new Problem(429, "the quota of %d %s is used up until its window ends"
                    .formatted(refused.limit(), refused.dimension().key().replace('_', ' ')),
                    Map.of("dimension", refused.dimension().key(), "limit", refused.limit(),
                            "resetAt", refused.resetEpochSecond()))
                    .send(response);
            case Admission.Unavailable unavailable ->
                    Problem.of(503, "quotas cannot be checked at the moment; try again").send(response);
            case Admission.Granted granted -> throw new IllegalArgumentException("a grant is no refusal");
        }
    }
}
