package dev.sluice.gateway.api;

import dev.sluice.config.definition.Customer;
import dev.sluice.config.definition.Limit;
import dev.sluice.config.json.InvalidFieldException;
import dev.sluice.executor.dispatcher.history.UsageHistory;
import dev.sluice.gateway.ingress.Subjects;
import dev.sluice.quota.Quotas;
import dev.sluice.quota.Usage;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.Locale;

/** {@code /billing/quotas} and {@code /billing/usage}: what is allowed, what is used, and what was used a day. */
final class BillingEndpoints {
    private static final int MAX_DAYS = 90;

    private final Quotas quotas;
    private final UsageHistory history;

    BillingEndpoints(Quotas quotas, UsageHistory history) {
        this.quotas = quotas;
        this.history = history;
    }

    void addTo(ApiRouter router) {
        router.route(HttpMethod.GET, "/billing/quotas", QueryParameters.of("customerId"), this::quotas)
                .route(HttpMethod.GET, "/billing/usage", QueryParameters.of("customerId", "from", "to"), this::usage)
                .route(HttpMethod.POST, "/billing/usage/restore", this::restore);
    }

    private Reply quotas(ApiCall call) {
        return Reply.ok(new JsonObject()
                .put("plan", call.organization().planId())
                .put("planLimits", call.organization().planLimits().toJson())
                .put("organizationLimits", call.organization().ownLimits().toJson())
                .put("dimensions", now(call, customer(call))));
    }

    private Reply restore(ApiCall call) {
        int restored = new UsageRestoration(quotas, history).restore(call.organization()).await();
        return Reply.ok(new JsonObject().put("restored", restored));
    }

    private Reply usage(ApiCall call) {
        Customer customer = customer(call);
        LocalDate today = LocalDate.now(call.organization().zone());
        LocalDate to = day(call, "to", today);
        LocalDate from = day(call, "from", to.minusDays(6));
        if (from.isAfter(to) || from.isBefore(to.minusDays(MAX_DAYS - 1L))) {
            throw new InvalidFieldException("from", "must be at most %d days before to".formatted(MAX_DAYS));
        }
        JsonArray days = new JsonArray();
        history.perDay(call.tenant(), call.organization().zone(), from, to, customer == null ? null : customer.id())
                .await()
                .forEach(day -> days.add(new JsonObject()
                        .put("day", day.day().toString())
                        .put("customerId", day.customerId() == null ? null : day.customerId().toString())
                        .put("events", day.events())));
        return Reply.ok(new JsonObject()
                .put("timeZone", call.organization().zone().getId())
                .put("now", now(call, customer))
                .put("days", days));
    }

    private JsonArray now(ApiCall call, @Nullable Customer customer) {
        Usage usage = quotas.usage(new Subjects(call.organization()).of(customer), call.organization().planLimits())
                .toCompletableFuture().join();
        JsonArray lines = new JsonArray();
        for (Usage.Line line : usage.lines()) {
            Limit standard = line.planLimit();
            lines.add(new JsonObject()
                    .put("dimension", line.count().dimension().key())
                    .put("scope", line.count().scope().name().toLowerCase(Locale.ROOT))
                    .put("default", standard == null ? null : standard.amount())
                    .put("limit", line.count().limit().amount())
                    .put("used", line.count().used())
                    .put("percent", line.percent())
                    .put("enforcement", line.enforcement().key())
                    .put("source", line.source().name().toLowerCase(Locale.ROOT))
                    .put("resetAt", line.count().resetEpochSecond())
                    .put("mode", usage.mode().key()));
        }
        return lines;
    }

    private static @Nullable Customer customer(ApiCall call) {
        String named = call.text("customerId");
        if (named == null) {
            return null;
        }
        Customer customer = call.organization().customer(named);
        if (customer == null) {
            throw new InvalidFieldException("customerId", "there is no customer with this id or slug");
        }
        return customer;
    }

    private static LocalDate day(ApiCall call, String parameter, LocalDate standard) {
        String text = call.text(parameter);
        return text == null ? standard : Times.day(parameter, text);
    }
}
