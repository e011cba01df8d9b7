package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Credentials;
import dev.sluice.config.definition.Sha256;
import dev.sluice.config.json.JsonText;
import dev.sluice.gateway.filter.Match;
import dev.sluice.gateway.filter.RouteOutcome;
import dev.sluice.gateway.filter.ast.Scope;
import dev.sluice.gateway.filter.explain.Explanation;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Count;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.List;

/**
 * What was decided about an event, kept with it: which routes matched and why others did not, what the quota said, and
 * the deduplication key's digest. Only the first routes are listed, so that a receipt stays small.
 */
public final class Receipt {
    private static final int VERSION = 1;
    private static final String HEADERS = Scope.HEADERS.keyword() + '.';
    private static final String QUERY = Scope.QUERY.keyword() + '.';

    private Receipt() {}

    /** The part that is known once the event is matched. */
    static StringBuilder begin(Webhook webhook, Match match) {
        StringBuilder json = new StringBuilder(512).append("{\"version\":").append(VERSION).append(",\"routes\":[");
        routes(json, webhook, match);
        return json.append(']');
    }

    /** The whole, once the event is charged. */
    static String end(StringBuilder json, Admission.Granted admission, @Nullable Sha256 deduplicationKey) {
        Count tightest = admission.tightest();
        if (tightest != null) {
            json.append(",\"quota\":{\"dimension\":\"").append(tightest.dimension().key())
                    .append("\",\"limit\":").append(tightest.limit().amount())
                    .append(",\"remaining\":").append(tightest.remaining())
                    .append(",\"mode\":\"").append(admission.mode().key()).append("\"}");
        }
        if (deduplicationKey != null) {
            json.append(",\"deduplicationKeySha256\":\"")
                    .append(HexFormat.of().formatHex(deduplicationKey.digest())).append('"');
        }
        return json.append('}').toString();
    }

    private static void routes(StringBuilder json, Webhook webhook, Match match) {
        List<RouteOutcome> outcomes = webhook.matcher().outcomes(match);
        for (int i = 0; i < outcomes.size(); i++) {
            RouteOutcome outcome = outcomes.get(i);
            int route = outcome.route();
            json.append(i == 0 ? "" : ",").append("{\"route\":").append(route);
            JsonText.string(json.append(",\"workflow\":"), webhook.trigger().routes().get(route).workflow())
                    .append(",\"matched\":").append(outcome.matched());
            if (outcome.matched() && webhook.targets().get(route) == null) {
                json.append(",\"why\":\"the workflow is not deployed\"");
            }
            if (outcome.because() != null) {
                because(json.append(",\"because\":"), kept(outcome.because(), webhook.trigger().credentials()));
            }
            json.append('}');
        }
    }

    /** A condition that saw a credential does not show it. */
    private static Explanation.Finding kept(Explanation.Finding finding, Credentials credentials) {
        String path = finding.path();
        boolean credential = path.startsWith(HEADERS) ? credentials.inHeader(path.substring(HEADERS.length()))
                : path.startsWith(QUERY) && credentials.inParameter(path.substring(QUERY.length()));
        return finding.seen() == null || !credential ? finding : new Explanation.Finding(
                path, finding.test(), finding.negated(), finding.held(), Credentials.BLANK);
    }

    private static void because(StringBuilder json, Explanation.Finding finding) {
        JsonText.string(json.append("{\"path\":"), finding.path());
        JsonText.string(json.append(",\"test\":"), finding.test())
                .append(",\"negated\":").append(finding.negated())
                .append(",\"held\":").append(finding.held());
        JsonText.string(json.append(",\"seen\":"), finding.seen()).append('}');
    }

    /** A condition with the value it saw, as explanations show it; receipts have it in the same form. */
    public static JsonObject finding(Explanation.Finding finding) {
        StringBuilder json = new StringBuilder();
        because(json, finding);
        return new JsonObject(json.toString());
    }
}
