package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Customer;
import dev.sluice.config.definition.Organization;
import dev.sluice.config.definition.Trigger;
import org.jspecify.annotations.Nullable;

/** On whose behalf a request says it comes. */
sealed interface Sender {
    /** The customer, where there is one. A claimed one is to be believed only after authentication. */
    @Nullable Customer customer();

    /** The webhook says it: its own customer, or the organization itself. */
    record OfWebhook(@Nullable Customer customer) implements Sender {}

    /** The webhook belongs to a customer that is inactive or gone. */
    record Inactive() implements Sender {
        @Override
        public @Nullable Customer customer() {
            return null;
        }
    }

    /** The request names the customer, which proves nothing. Null if there is no such customer. */
    record Claimed(@Nullable Customer customer) implements Sender {}

    /** @param named the header {@code x-fastn-customer-id} */
    static Sender of(Webhook webhook, @Nullable String named) {
        Trigger trigger = webhook.trigger();
        Organization organization = webhook.organization();
        if (trigger.customerId() != null) {
            Customer own = organization.customer(trigger.customerId());
            return own != null && own.active() ? new OfWebhook(own) : new Inactive();
        }
        return named == null ? OWN : new Claimed(organization.customer(named));
    }

    /** The organization's own events. */
    Sender OWN = new OfWebhook(null);
}
