package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Customer;
import dev.sluice.gateway.http.Body;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Subject;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** A request on its way through the pipeline, and what was taken for it so far. Belongs to one event loop. */
final class Arrival {
    private final HttpServerRequest request;
    private final Webhook webhook;
    private final String subPath;
    private final Sender sender;
    private @Nullable Body body;
    private Admission.@Nullable Granted charged;
    private int reserved;

    /** @param subPath what follows the webhook's id in the path, beginning with a slash */
    Arrival(HttpServerRequest request, Webhook webhook, String subPath, Sender sender) {
        this.request = request;
        this.webhook = webhook;
        this.subPath = subPath;
        this.sender = sender;
    }

    HttpServerRequest request() {
        return request;
    }

    HttpServerResponse response() {
        return request.response();
    }

    Webhook webhook() {
        return webhook;
    }

    String subPath() {
        return subPath;
    }

    Sender sender() {
        return sender;
    }

    /** Whose event this is, once the sender is authenticated; null for the organization's own. */
    @Nullable Customer customer() {
        return sender.customer();
    }

    /** On whose account it goes. */
    Subject subject() {
        return webhook.subjects().of(sender.customer());
    }

    /** Keeps the body until the event is journalled or refused. */
    void holds(Body received) {
        body = received;
    }

    /** Notes what has to be given back if there is no commit. */
    void charged(Admission.Granted admission) {
        charged = admission;
    }

    /** Notes the room taken for executions. */
    void reserved(int executions) {
        reserved = executions;
    }

    /** The charge to give back, once. */
    Admission.@Nullable Granted takeCharge() {
        Admission.Granted taken = charged;
        charged = null;
        return taken;
    }

    /** The room to give back, once. */
    int takeReserved() {
        int taken = reserved;
        reserved = 0;
        return taken;
    }

    /** Lets go of the body: the journal has its own count of what it holds. */
    void releaseBody() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    /** For the log. */
    @Override
    public String toString() {
        return "event for " + webhook.named();
    }
}
