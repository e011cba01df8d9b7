package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which of the values that a route asks for is looked up. */
final class AccessPlannerTest {
    private static final Predicate REPOSITORY = new Predicate.StartsWith(List.of("acme/service-17"), Predicate.Case.EXACT);

    private final PathNode.Builder body = PathNode.Builder.root(new ArrayList<>());
    private final AccessPlanner planner = new AccessPlanner((scope, name) -> {
        throw new AssertionError("no part of the request is asked for");
    });
    private final Condition route = new Condition.All(List.of(
            field("sender", new Predicate.EqualsIgnoringCase(List.of("Octocat"))), field("repository", REPOSITORY)));

    @BeforeEach
    void countTheRoute() {
        planner.count(route, body);
    }

    @Test
    void aWholeValueIsTakenToBeRarerThanABeginning() {
        assertThat(planner.choose(route, body)).extracting(Access::node).containsExactly(body.member("sender"));
    }

    @Test
    void whatManyRoutesNameIsTakenToBeCommonWhateverTheyAskOfIt() {
        planner.count(field("sender", equal("octocat")), body);
        planner.count(field("sender", equal("Octocat")), body);
        planner.count(field("sender", new Predicate.EndsWith(List.of("octocat"), Predicate.Case.EXACT)), body);
        assertThat(planner.choose(route, body)).extracting(Access::node).containsExactly(body.member("repository"));
    }

    @Test
    void whatIsNamedAtAnotherPathDoesNotCount() {
        for (int i = 0; i < 10; i++) {
            planner.count(field("owner", equal("octocat")), body);
        }
        assertThat(planner.choose(route, body)).extracting(Access::node).containsExactly(body.member("sender"));
    }

    private static Predicate equal(String text) {
        return new Predicate.OneOf(List.of(new Literal.Text(text)), Predicate.Compare.STRICT);
    }

    private static Condition field(String name, Predicate predicate) {
        return new Condition.Field(name, new Condition.Test(predicate));
    }
}
