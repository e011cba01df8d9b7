package dev.sluice.gateway.api;

import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.Organization;
import dev.sluice.gateway.http.BodyReader;
import dev.sluice.gateway.http.MediaTypes;
import dev.sluice.gateway.http.Problem;
import dev.sluice.gateway.http.QuotaHeaders;
import dev.sluice.gateway.http.QuotaRefusals;
import dev.sluice.gateway.ingress.Subjects;
import dev.sluice.gateway.ingress.Webhooks;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Kind;
import dev.sluice.quota.Quotas;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import java.util.Objects;
import java.util.concurrent.ExecutorService;

/** Takes a request to its endpoint: authenticate → admit → read body → run on a virtual thread → answer. */
final class ApiRouter {
    private static final int BODY_LIMIT = 8 << 20;

    private final Router router;
    private final ApiKeys apiKeys;
    private final Webhooks webhooks;
    private final Quotas quotas;
    private final ExecutorService virtualThreads;
    private final QuotaRefusals refusals = new QuotaRefusals();

    ApiRouter(Vertx vertx, Definitions definitions, Webhooks webhooks, Quotas quotas, ExecutorService virtualThreads) {
        this.router = Router.router(vertx);
        this.apiKeys = new ApiKeys(definitions);
        this.webhooks = webhooks;
        this.quotas = quotas;
        this.virtualThreads = virtualThreads;
        router.errorHandler(404, context -> Problem.of(404, "there is nothing at this path").send(context.response()));
        router.errorHandler(405, context -> Problem.of(405, "this path has no such method").send(context.response()));
        router.errorHandler(400, context -> Problem.of(400, "the path cannot be decoded").send(context.response()));
        router.errorHandler(500, context -> Failures.problem(Objects.requireNonNull(context.failure())).send(context.response()));
    }

    Router router() {
        return router;
    }

    /** Adds an endpoint; {@code :names} in the path are handed to it. */
    ApiRouter route(HttpMethod method, String path, Endpoint endpoint) {
        router.route(method, "/api/v1" + path).handler(context -> enter(context, endpoint));
        return this;
    }

    private void enter(RoutingContext routing, Endpoint endpoint) {
        HttpServerRequest request = routing.request();
        if (!isDecodable(request)) {
            Problem.of(400, "the query cannot be decoded").send(request.response());
            return;
        }
        switch (apiKeys.identify(request)) {
            case ApiKeys.Identified.Refused(Problem problem) -> problem.send(request.response());
            case ApiKeys.Identified.As(Organization organization) -> admit(routing, organization, endpoint);
        }
    }

    /** The query is decoded at its first use. */
    private static boolean isDecodable(HttpServerRequest request) {
        try {
            return request.params() != null;
        } catch (IllegalArgumentException brokenEscape) {
            return false;
        }
    }

    private void admit(RoutingContext routing, Organization organization, Endpoint endpoint) {
        Subjects subjects = webhooks.subjects(organization.id());
        HttpServerRequest request = routing.request();
        if (subjects == null) {
            Problem.of(503, "the organization is being loaded; try again").send(request.response());
            return;
        }
        request.pause();
        Context context = Objects.requireNonNull(Vertx.currentContext(), "requests come on an event loop");
        quotas.admit(subjects.of(null), Kind.API_CALL).whenComplete((admission, failure) ->
                context.runOnContext(ignored -> {
                    if (admission instanceof Admission.Granted granted) {
                        QuotaHeaders.set(request.response(), granted);
                        read(routing, organization, endpoint, context);
                    } else if (failure == null) {
                        request.resume();
                        refusals.refuse(request.response(), admission);
                    } else {
                        request.resume();
                        Failures.problem(failure).send(request.response());
                    }
                }));
    }

    private void read(RoutingContext routing, Organization organization, Endpoint endpoint, Context context) {
        HttpServerRequest request = routing.request();
        BodyReader.read(request, BODY_LIMIT,
                body -> {
                    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
                    if (body.length > 0 && type != null && !MediaTypes.isJson(type)) {
                        Problem.of(415, "send the body as JSON with Content-Type: application/json")
                                .send(request.response());
                        return;
                    }
                    ApiCall call = new ApiCall(
                            organization, routing.pathParams(), request.params(), Buffer.buffer(body));
                    virtualThreads.execute(() -> run(request, endpoint, call, context));
                },
                () -> Problem.of(413, "the body is larger than %d bytes".formatted(BODY_LIMIT)).send(request.response()));
    }

    @SuppressWarnings("CatchingThrowable") // whatever goes wrong, the caller gets an answer
    private static void run(HttpServerRequest request, Endpoint endpoint, ApiCall call, Context context) {
        try {
            Reply reply = endpoint.handle(call);
            context.runOnContext(ignored -> reply.send(request.response()));
        } catch (Throwable failure) {
            Problem problem = Failures.problem(failure);
            context.runOnContext(ignored -> problem.send(request.response()));
        }
    }
}
