package dev.sluice.gateway.http;

import dev.sluice.quota.Admission;
import dev.sluice.quota.RateLimitHeaders;
import io.vertx.core.http.HttpServerResponse;

/** What every answer says of the quota it was counted against. */
public final class QuotaHeaders {
    private QuotaHeaders() {}

    /** Sets the headers of an admission; none where there is no limit. */
    public static void set(HttpServerResponse response, Admission admission) {
        RateLimitHeaders.write(admission, System.currentTimeMillis() / 1000, response::putHeader);
    }
}
