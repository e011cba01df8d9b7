package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Customer;
import dev.sluice.gateway.http.Problem;
import dev.sluice.quota.Subject;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way through the pipeline.
 *
 * @param subPath what follows the webhook's id in the path, beginning with a slash
 * @param customer whose event this is; null for the organization's own
 */
record Arrival(HttpServerRequest request, Webhook webhook, String subPath, @Nullable Customer customer) {
    Subject subject() {
        return webhook.subjects().of(customer);
    }

    HttpServerResponse response() {
        return request.response();
    }

    void refuse(int status, String detail) {
        Problem.of(status, detail).send(request.response());
    }

    /** Refuses for a reason that will pass. */
    void refuseForNow(String detail) {
        request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        refuse(503, detail);
    }
}
