package dev.sluice.gateway.api;

import dev.sluice.config.definition.ApiKey;
import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.Organization;
import dev.sluice.config.definition.Sha256;
import dev.sluice.config.definition.Snapshot;
import dev.sluice.gateway.http.Problem;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Finds the organization that a request's key belongs to. */
final class ApiKeys {
    private static final String BEARER = "Bearer ";

    private final Definitions definitions;

    ApiKeys(Definitions definitions) {
        this.definitions = definitions;
    }

    /** The organization, or why there is none. */
    sealed interface Identified {
        record As(Organization organization) implements Identified {}

        record Refused(Problem problem) implements Identified {}
    }

    Identified identify(HttpServerRequest request) {
        String key = key(request);
        if (key == null) {
            return refused(401, "send an API key in the header x-fastn-api-key or as Authorization: Bearer");
        }
        Snapshot snapshot = definitions.snapshot();
        ApiKey known = snapshot.apiKey(Sha256.of(key));
        Organization organization = known == null ? null : snapshot.organization(known.organizationId());
        if (known == null || organization == null) {
            return refused(401, "this API key is not valid here");
        }
        boolean testMode = "true".equalsIgnoreCase(request.getHeader("x-fastn-test-mode"));
        if (testMode != (known.mode() == ApiKey.Mode.TEST)) {
            return refused(403, testMode
                    ? "a live key must not be sent with X-fastn-Test-Mode"
                    : "a test key works only with X-fastn-Test-Mode: true");
        }
        return new Identified.As(organization);
    }

    private static @Nullable String key(HttpServerRequest request) {
        String key = request.getHeader("x-fastn-api-key");
        if (key != null) {
            return key;
        }
        String authorization = request.getHeader("authorization");
        return authorization != null && authorization.startsWith(BEARER)
                ? authorization.substring(BEARER.length())
                : null;
    }

    private static Identified refused(int status, String detail) {
        return new Identified.Refused(Problem.of(status, detail));
    }
}
