package dev.sluice.gateway.api;

import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.Slugs;
import dev.sluice.config.definition.Tier;
import dev.sluice.config.definition.WorkflowDraft;
import dev.sluice.config.definition.WorkflowStore;
import dev.sluice.config.definition.WorkflowVersion;
import dev.sluice.config.id.Uuid7;
import dev.sluice.config.json.Fields;
import dev.sluice.config.json.RawJson;
import dev.sluice.executor.dispatcher.Ending;
import dev.sluice.executor.dispatcher.Submissions;
import dev.sluice.executor.dispatcher.TriggeredBy;
import dev.sluice.executor.dispatcher.sandbox.Sandboxes;
import dev.sluice.executor.sandbox.protocol.CheckResult;
import dev.sluice.executor.sandbox.protocol.Language;
import dev.sluice.gateway.http.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** {@code /workflows}: create, change, publish, run. */
final class WorkflowEndpoints {
    private final WorkflowStore store;
    private final Definitions definitions;
    private final Sandboxes sandboxes;
    private final Submissions submissions;
    private final Uuid7 ids;

    WorkflowEndpoints(WorkflowStore store, Definitions definitions, Sandboxes sandboxes, Submissions submissions,
            Uuid7 ids) {
        this.store = store;
        this.definitions = definitions;
        this.sandboxes = sandboxes;
        this.submissions = submissions;
        this.ids = ids;
    }

    void addTo(ApiRouter router) {
        router.route(HttpMethod.POST, "/workflows", this::create)
                .route(HttpMethod.GET, "/workflows", QueryParameters.PAGE, this::list)
                .route(HttpMethod.GET, "/workflows/:id", call -> Reply.ok(json(find(call))))
                .route(HttpMethod.PUT, "/workflows/:id", this::update)
                .route(HttpMethod.DELETE, "/workflows/:id", this::delete)
                .route(HttpMethod.POST, "/workflows/:id/publish", this::publish)
                .route(HttpMethod.POST, "/workflows/:id/run", this::run);
    }

    private Reply create(ApiCall call) {
        Fields fields = call.fields();
        String name = fields.name("name");
        String slug = Slugs.read(fields, name, "workflow");
        boolean draftOnly = fields.flag("draft", false);
        WorkflowDraft draft = WorkflowDraft.read(fields, null);
        fields.rejectOthers();
        WorkflowStore.Saved saved = Taken.await(
                store.create(call.tenant(), ids.next(), slug, name, checked(draft), !draftOnly), "slug", slug);
        definitions.refresh(call.organization().id()).await();
        return Reply.json(201, json(saved));
    }

    private Reply list(ApiCall call) {
        List<JsonObject> found = store.list(call.tenant(), call.slugCursor(), call.limit() + 1).await()
                .stream().map(WorkflowEndpoints::json).toList();
        return Reply.page(found, call.limit(), item -> item.getString("slug"));
    }

    private Reply update(ApiCall call) {
        WorkflowStore.Saved before = find(call);
        Fields fields = call.fields();
        String name = fields.has("name") ? fields.name("name") : before.name();
        boolean draftOnly = fields.flag("draft", false);
        if (fields.has("slug") && !before.slug().equals(fields.text("slug", 63))) {
            throw fields.invalid("slug", "cannot be changed: triggers name the workflow by it");
        }
        WorkflowDraft draft = WorkflowDraft.read(fields, before.draft());
        fields.rejectOthers();
        WorkflowStore.Saved saved =
                store.update(call.tenant(), before.id(), name, checked(draft), !draftOnly).await();
        return refreshed(call, saved);
    }

    private Reply publish(ApiCall call) {
        return refreshed(call, store.publish(call.tenant(), find(call).id()).await());
    }

    private Reply refreshed(ApiCall call, WorkflowStore.@Nullable Saved saved) {
        if (saved == null) {
            throw call.notFound("workflow").asException();
        }
        definitions.refresh(call.organization().id()).await();
        return Reply.ok(json(saved));
    }

    private Reply delete(ApiCall call) {
        WorkflowStore.Saved saved = find(call);
        List<String> triggers = store.routedFrom(call.tenant(), saved.slug()).await();
        if (!triggers.isEmpty()) {
            throw new Problem(409, "triggers still send events to this workflow; change or delete them first",
                    Map.of("triggers", new JsonArray(triggers))).asException();
        }
        store.delete(call.tenant(), saved.id()).await();
        definitions.refresh(call.organization().id()).await();
        return Reply.noContent();
    }

    private Reply run(ApiCall call) {
        WorkflowStore.Saved saved = find(call);
        WorkflowVersion deployed = call.organization().workflows().get(saved.slug());
        if (deployed == null) {
            throw Problem.of(409, "the workflow has no deployed version; publish it first").asException();
        }
        Fields fields = call.body().length() == 0 ? new Fields(new JsonObject()) : call.fields();
        Object input = fields.value("input");
        Map<String, String> headers = fields.texts("headers", 100);
        fields.rejectOthers();
        Submissions.Submitted submitted = submissions.submit(submissions.newExecutionId(),
                new Submissions.Submission(call.organization().id(), null, null, deployed, TriggeredBy.MANUAL,
                        Buffer.buffer(Json.encode(input)), headers, new JsonObject().put("version", 1), false))
                .await();
        boolean inline = deployed.tier() == Tier.INSTANT && submitted.startedHere();
        // It may have ended and not be stored yet: then the caller can look for it.
        Ending ending = inline ? submitted.ending().otherwiseEmpty().await() : null;
        return ending == null ? Reply.json(202, accepted(submitted, deployed)) : inline(submitted, ending);
    }

    static JsonObject accepted(Submissions.Submitted submitted, WorkflowVersion workflow) {
        return new JsonObject()
                .put("eventId", submitted.eventId().toString())
                .put("executions", new JsonArray().add(new JsonObject()
                        .put("id", submitted.executionId().toString())
                        .put("workflow", workflow.slug())));
    }

    private static Reply inline(Submissions.Submitted submitted, Ending ending) {
        if (ending.result() != null) {
            return new Reply(200, "application/json", Buffer.buffer(ending.result()));
        }
        RawJson error = new RawJson(ending.error() == null ? "{}" : ending.error());
        throw new Problem(ending.status().equals("timeout") ? 504 : 500,
                "the workflow ended as %s: %s".formatted(ending.status(), ending.message()),
                Map.of("executionId", submitted.executionId().toString(), "error", error)).asException();
    }

    private WorkflowDraft checked(WorkflowDraft draft) {
        Language language = switch (draft.language()) {
            case JAVASCRIPT -> Language.JAVASCRIPT;
            case TYPESCRIPT -> Language.TYPESCRIPT;
        };
        return switch (sandboxes.check(draft.source(), language).toCompletableFuture().join()) {
            case CheckResult.Valid(var javascript) -> draft.withCode(javascript);
            case CheckResult.Invalid(var message, int line, int column) -> throw new Problem(
                    422, line == 0 ? "code: " + message : "code: %s (line %d, column %d)".formatted(message, line, column),
                    Map.of("field", "code", "reason", message, "line", line, "column", column)).asException();
            case CheckResult.Unavailable(var reason) -> throw Problem.of(
                    503, "the code cannot be checked now: " + reason + "; try again").asException();
        };
    }

    private WorkflowStore.Saved find(ApiCall call) {
        WorkflowStore.Saved saved = store.find(call.tenant(), call.id()).await();
        if (saved == null) {
            throw Problem.of(404, "there is no workflow with the id or slug '%s'".formatted(call.id())).asException();
        }
        return saved;
    }

    private static JsonObject json(WorkflowStore.Saved saved) {
        JsonObject json = saved.draft().toJson();
        json.remove("executable");
        return new JsonObject()
                .put("id", saved.id().toString())
                .put("slug", saved.slug())
                .put("name", saved.name())
                .put("version", saved.latestVersion())
                .put("deployedVersion", saved.deployedVersion())
                .put("status", saved.deployedVersion() == null ? "inactive" : "active")
                .mergeIn(json)
                .put("createdAt", Objects.toString(saved.createdAt().toInstant()))
                .put("updatedAt", Objects.toString(saved.updatedAt().toInstant()));
    }

    /** The workflow of a replay: the deployed version of the workflow that failed. */
    static @Nullable WorkflowVersion deployed(ApiCall call, String slug, UUID workflowId) {
        WorkflowVersion deployed = call.organization().workflows().get(slug);
        return deployed != null && deployed.workflowId().equals(workflowId) ? deployed : null;
    }
}
