package dev.sluice.config.definition;

import dev.sluice.config.json.ExactJson;
import dev.sluice.config.json.Fields;
import dev.sluice.config.json.InvalidFieldException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A webhook trigger as its author writes it, without the secret.
 *
 * @param auth the scheme with its parameters
 */
public record TriggerDraft(
        String name,
        @Nullable String description,
        AuthScheme auth,
        List<Route> routes,
        Trigger.ExecutionMode executionMode,
        @Nullable DeduplicationKey deduplicationKey,
        boolean deadLetterQueue) {
    private static final int MAX_ROUTES = 10_000;

    /** How the sender authenticates, without the secret. */
    public sealed interface AuthScheme {
        /** {@code {"type":"none"}}. */
        record None() implements AuthScheme {}

        /** {@code {"type":"api_key"}}: header {@code x-fastn-key}. */
        record ApiKey() implements AuthScheme {}

        /** {@code {"type":"hmac", …}}. */
        record Hmac(String header, WebhookAuth.Hmac.Encoding encoding, String prefix) implements AuthScheme {}
    }

    /** Reads the API's form; fields that belong to the trigger as a row are left to the caller. */
    public static TriggerDraft read(Fields fields) {
        return read(fields, null);
    }

    /** Reads a replacement of a trigger: parameters of the same scheme that are left out stay as they are. */
    public static TriggerDraft read(Fields fields, @Nullable AuthScheme before) {
        return new TriggerDraft(
                fields.name("name"),
                fields.optionalText("description", 2000),
                auth(fields.object("auth"), before),
                readRoutes(fields),
                fields.choice("executionMode", Trigger.ExecutionMode.class, Trigger.ExecutionMode.PARALLEL),
                deduplication(fields.object("deduplicationKey")),
                fields.flag("deadLetterQueue", true));
    }

    /** Reads the field {@code routes}: at least one. */
    public static List<Route> readRoutes(Fields fields) {
        List<Route> routes = new ArrayList<>();
        for (Fields route : fields.objects("routes", MAX_ROUTES)) {
            routes.add(new Route(
                    route.text("workflow", 63), filter(route), route.texts("headers", 50)));
            route.rejectOthers();
        }
        if (routes.isEmpty()) {
            throw fields.invalid("routes", "is required: at least one {\"workflow\": slug, \"filter\"?, \"headers\"?}");
        }
        return List.copyOf(routes);
    }

    /** A list of conditions goes into its envelope: whatever reads stored filters expects an object. */
    private static @Nullable String filter(Fields route) {
        String filter = route.optionalStructure("filter");
        return filter == null || filter.startsWith("{") ? filter : "{\"syntax\":\"conditions\",\"pattern\":" + filter + "}";
    }

    private static AuthScheme auth(@Nullable Fields auth, @Nullable AuthScheme before) {
        if (auth == null) {
            return new AuthScheme.ApiKey();
        }
        auth.value("secret");
        AuthScheme scheme = switch (auth.text("type", 20)) {
            case "none" -> new AuthScheme.None();
            case "api_key" -> new AuthScheme.ApiKey();
            case "hmac" -> hmac(auth, before);
            default -> throw auth.invalid("type", "must be one of api_key, hmac, none");
        };
        auth.rejectOthers();
        return scheme;
    }

    private static AuthScheme hmac(Fields auth, @Nullable AuthScheme before) {
        String algorithm = auth.optionalText("algorithm", 20);
        if (algorithm != null && !algorithm.equals("sha256")) {
            throw auth.invalid("algorithm", "must be sha256");
        }
        String header = auth.optionalText("header", 200);
        if (header != null && !header.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw auth.invalid("header", "is not a header name");
        }
        String prefix = auth.optionalText("prefix", 50);
        if (before instanceof AuthScheme.Hmac(var name, var encoding, var start)
                && (header == null || header.equalsIgnoreCase(name))) {
            return new AuthScheme.Hmac(name, auth.choice("encoding", WebhookAuth.Hmac.Encoding.class, encoding),
                    prefix == null ? start : prefix);
        }
        return new AuthScheme.Hmac(
                header == null ? "X-Hub-Signature-256" : header,
                auth.choice("encoding", WebhookAuth.Hmac.Encoding.class, WebhookAuth.Hmac.Encoding.HEX),
                prefix == null ? (header == null ? "sha256=" : "") : prefix);
    }

    private static @Nullable DeduplicationKey deduplication(@Nullable Fields key) {
        if (key == null) {
            return null;
        }
        String header = key.optionalText("header", 200);
        String path = key.optionalText("path", 500);
        key.rejectOthers();
        if ((header == null) == (path == null)) {
            throw new InvalidFieldException(
                    "deduplicationKey", "must be {\"header\": name} or {\"path\": dotted path in the body}");
        }
        return header != null ? new DeduplicationKey.Header(header) : new DeduplicationKey.Path(path);
    }

    /** This draft as the edge uses it. */
    public Trigger trigger(UUID id, UUID organizationId, @Nullable UUID customerId, byte @Nullable [] secret) {
        byte[] key = secret == null ? new byte[0] : secret;
        WebhookAuth resolved = switch (auth) {
            case AuthScheme.None none -> new WebhookAuth.None();
            case AuthScheme.ApiKey apiKey -> new WebhookAuth.ApiKey(key);
            case AuthScheme.Hmac(var header, var encoding, var prefix) ->
                    new WebhookAuth.Hmac(header, encoding, prefix, key);
        };
        return new Trigger(
                id, organizationId, customerId, name, resolved, routes, executionMode, deduplicationKey, deadLetterQueue);
    }

    /** The API's and the stored form, without the secret. */
    public JsonObject toJson() {
        JsonArray routeArray = new JsonArray();
        for (Route route : routes) {
            JsonObject json = new JsonObject().put("workflow", route.workflow());
            if (route.filter() != null) {
                json.put("filter", ExactJson.object(route.filter()));
            }
            if (!route.headers().isEmpty()) {
                json.put("headers", new JsonObject(Map.copyOf(route.headers())));
            }
            routeArray.add(json);
        }
        JsonObject json = new JsonObject()
                .put("name", name)
                .put("auth", authJson())
                .put("routes", routeArray)
                .put("executionMode", executionMode.name().toLowerCase(Locale.ROOT))
                .put("deadLetterQueue", deadLetterQueue);
        if (description != null) {
            json.put("description", description);
        }
        switch (deduplicationKey) {
            case null -> { }
            case DeduplicationKey.Header(var header) -> json.put("deduplicationKey", new JsonObject().put("header", header));
            case DeduplicationKey.Path(var path) -> json.put("deduplicationKey", new JsonObject().put("path", path));
        }
        return json;
    }

    private JsonObject authJson() {
        return switch (auth) {
            case AuthScheme.None none -> new JsonObject().put("type", "none");
            case AuthScheme.ApiKey apiKey -> new JsonObject().put("type", "api_key");
            case AuthScheme.Hmac(var header, var encoding, var prefix) -> new JsonObject()
                    .put("type", "hmac")
                    .put("header", header)
                    .put("algorithm", "sha256")
                    .put("encoding", encoding.name().toLowerCase(Locale.ROOT))
                    .put("prefix", prefix);
        };
    }
}
