package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Route;
import dev.sluice.config.definition.Sha256;
import dev.sluice.gateway.filter.Match;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Count;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.List;

/**
 * What was decided about an event, kept with it: which routes matched and why others did not, what the quota said, and
 * the deduplication key's digest. Routes that did not match are listed up to a number, so that a receipt stays small.
 */
final class Receipt {
    private static final int MAX_UNMATCHED = 50;
    private static final int VERSION = 1;

    private Receipt() {}

    static String of(Webhook webhook, Match match, Admission.Granted admission, @Nullable Sha256 deduplicationKey) {
        JsonObject receipt = new JsonObject().put("version", VERSION).put("routes", routes(webhook, match));
        Count tightest = admission.tightest();
        if (tightest != null) {
            receipt.put("quota", new JsonObject()
                    .put("dimension", tightest.dimension().key())
                    .put("limit", tightest.limit().amount())
                    .put("remaining", tightest.remaining())
                    .put("mode", admission.mode().key()));
        }
        if (deduplicationKey != null) {
            receipt.put("deduplicationKeySha256", HexFormat.of().formatHex(deduplicationKey.digest()));
        }
        return receipt.encode();
    }

    private static JsonArray routes(Webhook webhook, Match match) {
        JsonArray described = new JsonArray();
        List<Route> routes = webhook.trigger().routes();
        int next = 0;
        int unmatched = 0;
        for (int i = 0; i < routes.size(); i++) {
            boolean matched = next < match.count() && match.route(next) == i;
            if (matched) {
                next++;
                boolean deployed = webhook.targets().get(i) != null;
                described.add(route(i, routes.get(i), true, deployed ? null : "the workflow is not deployed"));
            } else if (unmatched++ < MAX_UNMATCHED) {
                described.add(route(i, routes.get(i), false, "the filter did not match"));
            }
        }
        return described;
    }

    private static JsonObject route(int index, Route route, boolean matched, @Nullable String why) {
        JsonObject json = new JsonObject()
                .put("route", index)
                .put("workflow", route.workflow())
                .put("matched", matched);
        return why == null ? json : json.put("why", why);
    }
}
