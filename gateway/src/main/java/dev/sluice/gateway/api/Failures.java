package dev.sluice.gateway.api;

import dev.sluice.config.definition.InvalidDefinitionException;
import dev.sluice.config.json.InvalidFieldException;
import dev.sluice.executor.dispatcher.batch.BacklogFullException;
import dev.sluice.executor.dispatcher.batch.DataRefusal;
import dev.sluice.gateway.http.Incidents;
import dev.sluice.gateway.http.Problem;
import dev.sluice.gateway.http.ProblemException;
import io.vertx.pgclient.PgException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;

/** The one place where a failure becomes an answer: what the caller may see, apart from what the log says. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private static final Problem STOPPING = Problem.of(503, "this node is stopping; ask another, or again");

    private Failures() {}

    static Problem problem(Throwable failure) {
        return switch (failure) {
            case ProblemException expected -> expected.problem();
            case InvalidFieldException invalid -> new Problem(
                    invalid.path().equals("body") ? 400 : 422, invalid.path() + ": " + invalid.reason(),
                    Map.of("field", invalid.path(), "reason", invalid.reason()));
            case InvalidDefinitionException invalid -> new Problem(422, invalid.field() + ": " + invalid.problem(),
                    Map.of("field", invalid.field(), "reason", invalid.problem()));
            case PgException refused -> refusal(refused);
            case InterruptedException stopping -> STOPPING;
            case RejectedExecutionException stopping -> STOPPING;
            case BacklogFullException full -> Problem.of(503, "too much waits to be stored; try again");
            default -> Incidents.problem(failure, "a call of the API");
        };
    }

    /** Why the database refused, in words that say nothing of how things are stored. */
    private static Problem refusal(PgException refused) {
        Problem problem = switch (Objects.requireNonNullElse(refused.getSqlState(), "")) {
            case "23505" -> Problem.of(409, "its id or its slug is taken; choose another");
            case "23503" -> Problem.of(409, "something else refers to it or it refers to something that is gone");
            case "22021", "22P05" -> Problem.of(422, "a text has a character that cannot be stored");
            case "22001" -> Problem.of(422, "a text is too long to be stored");
            case "22003" -> Problem.of(422, "a number is too large to be stored");
            case "22007", "22008" -> Problem.of(422, "a time is outside of what can be stored");
            case "40001", "40P01", "55P03", "57P01", "57P02", "57P03" ->
                    Problem.of(503, "the database was busy with something else; try again");
            case String state when state.startsWith("53") -> Problem.of(503, "the database has no room for this now; try again");
            default -> DataRefusal.isAboutContent(refused)
                    ? Problem.of(422, "a value is outside of what can be stored")
                    : Incidents.problem(refused, "a call of the API");
        };
        LOG.debug("the database refused a request with {}: {}", refused.getSqlState(), refused.getErrorMessage());
        return problem;
    }
}
