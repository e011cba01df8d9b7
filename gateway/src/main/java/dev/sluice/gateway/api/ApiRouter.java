package dev.sluice.gateway.api;

import dev.sluice.config.definition.Definitions;
import dev.sluice.config.definition.Organization;
import dev.sluice.gateway.http.Bodies;
import dev.sluice.gateway.http.Body;
import dev.sluice.gateway.http.BodyFailure;
import dev.sluice.gateway.http.BodyReceiver;
import dev.sluice.gateway.http.ContentCodings;
import dev.sluice.gateway.http.MediaTypes;
import dev.sluice.gateway.http.Problem;
import dev.sluice.gateway.http.QuotaHeaders;
import dev.sluice.gateway.http.QuotaRefusals;
import dev.sluice.gateway.ingress.Subjects;
import dev.sluice.gateway.ingress.Webhooks;
import dev.sluice.quota.Admission;
import dev.sluice.quota.Kind;
import dev.sluice.quota.Quotas;
import dev.sluice.quota.Subject;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;

/** Takes a request to its endpoint: authenticate → admit → read body → run on a virtual thread → answer. */
final class ApiRouter {
    private final Router router;
    private final ApiKeys apiKeys;
    private final Webhooks webhooks;
    private final Quotas quotas;
    private final Bodies bodies;
    private final ExecutorService virtualThreads;
    private final QuotaRefusals refusals = new QuotaRefusals();

    ApiRouter(Vertx vertx, Definitions definitions, Webhooks webhooks, Quotas quotas, Bodies bodies,
            ExecutorService virtualThreads) {
        this.router = Router.router(vertx);
        this.apiKeys = new ApiKeys(definitions);
        this.webhooks = webhooks;
        this.quotas = quotas;
        this.bodies = bodies;
        this.virtualThreads = virtualThreads;
        router.errorHandler(404, context -> Problem.of(404, "there is nothing at this path").send(context.response()));
        router.errorHandler(405, context -> Problem.of(405, "this path has no such method").send(context.response()));
        router.errorHandler(400, context -> Problem.of(400, "the path cannot be decoded").send(context.response()));
        router.errorHandler(500, context -> Failures.problem(Objects.requireNonNull(context.failure())).send(context.response()));
    }

    Router router() {
        return router;
    }

    /** Adds an endpoint that takes no query parameters; {@code :names} in the path are handed to it. */
    ApiRouter route(HttpMethod method, String path, Endpoint endpoint) {
        return route(method, path, QueryParameters.NONE, endpoint);
    }

    /** Adds an endpoint that takes these query parameters and refuses any other. */
    ApiRouter route(HttpMethod method, String path, QueryParameters parameters, Endpoint endpoint) {
        Route route = router.route(method, "/api/v1" + path).handler(context -> {
            String query = context.request().query();
            enter(context, call -> endpoint.handle(call.with(parameters.read(query))));
        });
        if (method.equals(HttpMethod.GET)) {
            route.method(HttpMethod.HEAD);
        }
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
        Subject subject = subjects.of(null);
        quotas.admit(subject, Kind.API_CALL).whenComplete((admission, failure) -> context.runOnContext(ignored -> {
            try {
                if (failure != null) {
                    Failures.problem(failure).send(request.response());
                } else if (admission instanceof Admission.Granted granted) {
                    QuotaHeaders.set(request.response(), granted);
                    bodies.read(request, ManagementApi.BODY_LIMIT, organization.id(),
                            new Receiver(routing, organization, endpoint, context, subject, granted));
                } else {
                    refusals.refuse(request.response(), admission);
                }
            } catch (RuntimeException | StackOverflowError fault) {
                Failures.problem(fault).send(request.response());
            } finally {
                request.resume();
            }
        }));
    }

    /** Takes a call's body to its endpoint. A call whose body does not come costs its organization nothing. */
    private final class Receiver implements BodyReceiver {
        private final RoutingContext routing;
        private final Organization organization;
        private final Endpoint endpoint;
        private final Context context;
        private final Subject subject;
        private final Admission.Granted charged;

        private Receiver(RoutingContext routing, Organization organization, Endpoint endpoint, Context context,
                Subject subject, Admission.Granted charged) {
            this.routing = routing;
            this.organization = organization;
            this.endpoint = endpoint;
            this.context = context;
            this.subject = subject;
            this.charged = charged;
        }

        @Override
        public void failed(BodyFailure failure) {
            quotas.giveBack(subject, charged);
            failure.answer(routing.request(), ManagementApi.BODY_LIMIT);
        }

        @Override
        public void received(Body body) {
            try {
                ApiCall call = call(body.bytes());
                virtualThreads.execute(() -> run(routing.request(), endpoint, call, body, context));
            } catch (RuntimeException | StackOverflowError fault) {
                body.release();
                Failures.problem(fault).send(routing.response());
            }
        }

        private ApiCall call(byte[] body) {
            HttpServerRequest request = routing.request();
            String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
            if (body.length > 0 && type != null && !MediaTypes.isJson(type)) {
                throw Problem.of(415, "send the body as JSON with Content-Type: application/json").asException();
            }
            Problem encoded = body.length == 0 ? null : ContentCodings.refusal(request);
            if (encoded != null) {
                throw encoded.asException();
            }
            return new ApiCall(organization, routing.pathParams(), Map.of(), Buffer.buffer(body));
        }
    }

    @SuppressWarnings("CatchingThrowable") // whatever goes wrong, the caller gets an answer
    private static void run(HttpServerRequest request, Endpoint endpoint, ApiCall call, Body body, Context context) {
        try {
            Reply reply = endpoint.handle(call);
            context.runOnContext(ignored -> reply.send(request.response()));
        } catch (Throwable failure) {
            Problem problem = Failures.problem(failure);
            context.runOnContext(ignored -> problem.send(request.response()));
        } finally {
            context.runOnContext(ignored -> body.release());
        }
    }
}
