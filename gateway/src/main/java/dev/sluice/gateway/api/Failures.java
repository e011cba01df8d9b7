package dev.sluice.gateway.api;

import dev.sluice.config.definition.InvalidDefinitionException;
import dev.sluice.config.json.InvalidFieldException;
import dev.sluice.executor.dispatcher.batch.BacklogFullException;
import dev.sluice.executor.dispatcher.batch.Refusal;
import dev.sluice.gateway.http.Problem;
import dev.sluice.gateway.http.ProblemException;
import io.vertx.pgclient.PgException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.UUID;

/** The one place where a failure becomes an answer: what the caller may see, apart from what the log says. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private Failures() {}

    static Problem problem(Throwable failure) {
        return switch (failure) {
            case ProblemException expected -> expected.problem();
            case InvalidFieldException invalid -> new Problem(
                    invalid.path().equals("body") ? 400 : 422, invalid.path() + ": " + invalid.reason(),
                    Map.of("field", invalid.path(), "reason", invalid.reason()));
            case InvalidDefinitionException invalid -> new Problem(422, invalid.field() + ": " + invalid.problem(),
                    Map.of("field", invalid.field(), "reason", invalid.problem()));
            case PgException refused when UNIQUE_VIOLATION.equals(refused.getSqlState()) ->
                    Problem.of(409, "there is one with this id or slug already");
            case PgException refused when FOREIGN_KEY_VIOLATION.equals(refused.getSqlState()) ->
                    Problem.of(409, "something else still refers to it");
            case PgException refused when Refusal.isAboutContent(refused) ->
                    Problem.of(422, "a value cannot be stored: " + refused.getErrorMessage());
            case InterruptedException stopping -> Problem.of(503, "this node is stopping; ask another, or again");
            case BacklogFullException full -> Problem.of(503, "too much waits to be stored; try again");
            default -> unexpected(failure);
        };
    }

    private static Problem unexpected(Throwable failure) {
        UUID incident = UUID.randomUUID();
        LOG.error("unexpected failure, told to the caller as incident {}", incident, failure);
        return new Problem(500, "something went wrong here; the log has more under the incident's id",
                Map.of("incident", incident.toString()));
    }
}
