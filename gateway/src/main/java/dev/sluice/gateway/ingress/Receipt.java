package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Sha256;
import dev.sluice.gateway.filter.Match;
import dev.sluice.gateway.filter.RouteOutcome;
import dev.sluice.gateway.filter.explain.Explanation;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Count;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.util.HexFormat;

/**
 * What was decided about an event, kept with it: which routes matched and why others did not, what the quota said, and
 * the deduplication key's digest. Only the first routes are listed, so that a receipt stays small.
 */
public final class Receipt {
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
        for (RouteOutcome outcome : webhook.matcher().outcomes(match)) {
            int index = outcome.route();
            JsonObject route = new JsonObject()
                    .put("route", index)
                    .put("workflow", webhook.trigger().routes().get(index).workflow())
                    .put("matched", outcome.matched());
            if (outcome.matched() && webhook.targets().get(index) == null) {
                route.put("why", "the workflow is not deployed");
            }
            if (outcome.because() != null) {
                route.put("because", finding(outcome.because()));
            }
            described.add(route);
        }
        return described;
    }

    /** A condition with the value it saw, as receipts and explanations show it. */
    public static JsonObject finding(Explanation.Finding finding) {
        return new JsonObject()
                .put("path", finding.path())
                .put("test", finding.test())
                .put("negated", finding.negated())
                .put("held", finding.held())
                .put("seen", finding.seen());
    }
}
