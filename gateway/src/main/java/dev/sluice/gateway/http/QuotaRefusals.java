package dev.sluice.gateway.http;

import dev.sluice.quota.Admission;
import dev.sluice.quota.RateLimitHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Answers what was not admitted. A flood of blocked requests gets the same refusal over and over, the object included, so what was
 * written for one is kept for the next: refusing must cost less than sending. Not thread-safe; one belongs to one event
 * loop. Bounded: refusals whose hash falls on the same place take turns.
 */
public final class QuotaRefusals {
    private static final int PLACES = 256;

    private final @Nullable Written[] written = new Written[PLACES];

    private record Written(Admission.Refused refused, MultiMap headers, Buffer body) {}

    /** Ends the response with the 429 or 503 of a refusal. */
    public void refuse(HttpServerResponse response, Admission admission) {
        switch (admission) {
            case Admission.Refused refused -> refuse(response, refused);
            case Admission.Unavailable unavailable -> {
                QuotaHeaders.set(response, unavailable);
                Problem.of(503, "quotas cannot be checked at the moment; try again").send(response);
            }
            case Admission.Granted granted -> throw new IllegalArgumentException("a grant is no refusal");
        }
    }

    private void refuse(HttpServerResponse response, Admission.Refused refused) {
        if (response.ended() || response.closed()) {
            return;
        }
        int place = System.identityHashCode(refused) & (PLACES - 1);
        Written answer = written[place];
        if (answer == null || !answer.refused().equals(refused)) {
            answer = write(refused);
            written[place] = answer;
        }
        MultiMap headers = response.headers();
        if (headers.isEmpty()) {
            headers.setAll(answer.headers());
        } else {
            headers.addAll(answer.headers());
        }
        response.setStatusCode(429).end(answer.body());
    }

    private static Written write(Admission.Refused refused) {
        Buffer body = new Problem(429, "the quota of %d %s is used up until its window ends"
                .formatted(refused.limit(), refused.dimension().key().replace('_', ' ')),
                Map.of("dimension", refused.dimension().key(), "limit", refused.limit(),
                        "resetAt", refused.resetEpochSecond()))
                .body();
        MultiMap headers = HttpHeaders.headers();
        RateLimitHeaders.write(refused, System.currentTimeMillis() / 1000, headers::add);
        headers.add(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE);
        // With the length there is nothing to add for each answer, and what cannot change is shared and encoded once.
        headers.add(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        return new Written(refused, headers.copy(false), body);
    }
}
