package dev.sluice.gateway.api;

import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.Route;
import dev.sluice.config.definition.Sha256;
import dev.sluice.config.definition.TriggerDraft;
import dev.sluice.config.definition.TriggerStore;
import dev.sluice.config.definition.WorkflowStore;
import dev.sluice.config.id.Uuid7;
import dev.sluice.config.id.Uuids;
import dev.sluice.config.json.Fields;
import dev.sluice.config.json.InvalidFieldException;
import dev.sluice.gateway.ingress.IngressPipeline;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code /triggers}: webhooks with their routes. */
final class TriggerEndpoints {
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);
    private static final int MAX_NAME = 63;

    private final TriggerStore store;
    private final WorkflowStore workflows;
    private final Definitions definitions;
    private final Supplier<String> baseUrl;
    private final Uuid7 ids;

    TriggerEndpoints(TriggerStore store, WorkflowStore workflows, Definitions definitions, Supplier<String> baseUrl,
            Uuid7 ids) {
        this.store = store;
        this.workflows = workflows;
        this.definitions = definitions;
        this.baseUrl = baseUrl;
        this.ids = ids;
    }

    void addTo(ApiRouter router) {
        router.route(HttpMethod.POST, "/triggers", this::create)
                .route(HttpMethod.GET, "/triggers", QueryParameters.PAGE, this::list)
                .route(HttpMethod.GET, "/triggers/:id", this::get)
                .route(HttpMethod.PUT, "/triggers/:id", this::update)
                .route(HttpMethod.DELETE, "/triggers/:id", this::delete);
    }

    private Reply create(ApiCall call) {
        Fields fields = call.fields();
        UUID id = webhookId(fields);
        Request request = read(call, fields, null);
        String secret = secret(fields, request.draft());
        Taken.await(store.create(call.tenant(), request.change(id, stored(request.draft(), secret))), "id", id.toString());
        definitions.refresh(call.organization().id()).await();
        TriggerStore.Saved saved = store.find(call.tenant(), id).await();
        if (saved == null) {
            throw call.notFound("trigger").asException();
        }
        JsonObject json = json(saved);
        if (secret != null) {
            json.getJsonObject("auth").put("secret", secret);
        }
        return Reply.json(201, json);
    }

    private Reply update(ApiCall call) {
        UUID id = call.uuid("trigger");
        TriggerStore.Saved before = store.find(call.tenant(), id).await();
        if (before == null) {
            throw call.notFound("trigger").asException();
        }
        Fields fields = call.fields();
        Replacement.check(fields, before);
        Request request = read(call, fields, before.draft().auth());
        boolean sameScheme = before.draft().auth().getClass() == request.draft().auth().getClass();
        String given = givenSecret(fields);
        String secret = given != null || sameScheme ? given : secret(fields, request.draft());
        store.update(call.tenant(), request.change(id, stored(request.draft(), secret))).await();
        definitions.refresh(call.organization().id()).await();
        TriggerStore.Saved saved = store.find(call.tenant(), id).await();
        JsonObject json = json(saved == null ? before : saved);
        if (secret != null) {
            json.getJsonObject("auth").put("secret", secret);
        }
        return Reply.ok(json);
    }

    private Reply get(ApiCall call) {
        TriggerStore.Saved saved = store.find(call.tenant(), call.uuid("trigger")).await();
        if (saved == null) {
            throw call.notFound("trigger").asException();
        }
        return Reply.ok(json(saved));
    }

    private Reply list(ApiCall call) {
        UUID after = call.id("cursor");
        List<JsonObject> found = store.list(call.tenant(), after == null ? FIRST : after, call.limit() + 1).await()
                .stream().map(this::json).toList();
        return Reply.page(found, call.limit(), item -> item.getString("id"));
    }

    private Reply delete(ApiCall call) {
        if (!store.delete(call.tenant(), call.uuid("trigger")).await()) {
            throw call.notFound("trigger").asException();
        }
        definitions.refresh(call.organization().id()).await();
        return Reply.noContent();
    }

    private record Request(TriggerDraft draft, @Nullable UUID customerId, long filterWeight) {
        TriggerStore.Change change(UUID id, byte @Nullable [] secret) {
            return new TriggerStore.Change(id, customerId, draft, secret, filterWeight);
        }
    }

    private Request read(ApiCall call, Fields fields, TriggerDraft.@Nullable AuthScheme before) {
        String type = fields.text("type", 20);
        if (!type.equals("webhook")) {
            throw fields.invalid("type", "must be webhook");
        }
        fields.value("id");
        UUID customerId = customer(call, fields);
        TriggerDraft draft = TriggerDraft.read(fields, before);
        fields.rejectOthers();
        DeduplicationKeyCheck.check(draft);
        checkRoutes(call, draft.routes());
        return new Request(draft, customerId, RouteFilters.weight(RouteFilters.parse(draft.routes())));
    }

    /** By its id alone: a slug can go to another customer. */
    private static @Nullable UUID customer(ApiCall call, Fields fields) {
        String text = fields.optionalText("customerId", MAX_NAME);
        UUID id = text == null ? null : Uuids.parse(text);
        if (text != null && (id == null || call.organization().customer(id) == null)) {
            throw fields.invalid("customerId", "there is no customer with the id '%s'; a slug is not taken here".formatted(text));
        }
        return id;
    }

    private void checkRoutes(ApiCall call, List<Route> routes) {
        Set<String> unknown = new HashSet<>();
        routes.forEach(route -> unknown.add(route.workflow()));
        unknown.removeAll(call.organization().workflows().keySet());
        unknown.removeAll(workflows.known(call.tenant(), unknown).await());
        for (int i = 0; i < routes.size(); i++) {
            if (unknown.contains(routes.get(i).workflow())) {
                throw new InvalidFieldException("routes[%d].workflow".formatted(i),
                        "there is no workflow with the slug '%s'".formatted(routes.get(i).workflow()));
            }
        }
    }

    /** What is no id on a webhook's path is looked up as the least, so that neither it nor the greatest can be one. */
    private UUID webhookId(Fields fields) {
        String text = fields.optionalText("id", MAX_NAME);
        UUID id = text == null ? ids.next() : Uuids.parse(text);
        if (id == null || id.equals(FIRST) || id.equals(LAST)) {
            throw fields.invalid("id", "must be a UUID other than the one of all zeros or all ones, or absent");
        }
        return id;
    }

    private static @Nullable String givenSecret(Fields fields) {
        Fields auth = fields.object("auth");
        String secret = auth == null ? null : auth.optionalText("secret", 500);
        if (auth != null && secret != null && secret.length() < 8) {
            throw auth.invalid("secret", "must have at least 8 characters");
        }
        return secret;
    }

    private static @Nullable String secret(Fields fields, TriggerDraft draft) {
        String given = givenSecret(fields);
        if (given != null) {
            return given;
        }
        return switch (draft.auth()) {
            case TriggerDraft.AuthScheme.None none -> null;
            case TriggerDraft.AuthScheme.ApiKey apiKey -> Secrets.random("whk_");
            case TriggerDraft.AuthScheme.Hmac hmac -> Secrets.random("whsec_");
        };
    }

    /** A key is kept as its digest; an HMAC secret is needed to check signatures. */
    private static byte @Nullable [] stored(TriggerDraft draft, @Nullable String secret) {
        if (secret == null) {
            return null;
        }
        return draft.auth() instanceof TriggerDraft.AuthScheme.ApiKey
                ? Sha256.of(secret).digest()
                : secret.getBytes(StandardCharsets.UTF_8);
    }

    private JsonObject json(TriggerStore.Saved saved) {
        return new JsonObject()
                .put("id", saved.id().toString())
                .put("type", "webhook")
                .put("url", baseUrl.get() + IngressPipeline.PREFIX + saved.id())
                .put("customerId", saved.customerId() == null ? null : saved.customerId().toString())
                .mergeIn(saved.draft().toJson())
                .put("warnings", RouteFilters.warnings(saved.draft().routes()))
                .put("createdAt", saved.createdAt().toInstant().toString())
                .put("updatedAt", saved.updatedAt().toInstant().toString());
    }
}
