package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate;
import dev.sluice.gateway.filter.ast.Predicate.Case;
import dev.sluice.gateway.filter.ast.Predicate.Compare;
import dev.sluice.gateway.filter.json.Utf8;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lays the checks of routes out, route by route. */
final class RouteChecksBuilder {
    private final CheckCompiler compiler;
    private final PathNode.Builder body;
    private final PartNodes parts;
    private final List<@Nullable Check> wholes = new ArrayList<>();
    private final List<@Nullable Check> rests = new ArrayList<>();
    private final Postings starts = new Postings();
    private final Postings clauses = new Postings();
    private final ByteArrayOutputStream texts = new ByteArrayOutputStream();
    private final List<ValueTest> others = new ArrayList<>();

    RouteChecksBuilder(CheckCompiler compiler, PathNode.Builder body, PartNodes parts) {
        this.compiler = compiler;
        this.body = body;
        this.parts = parts;
    }

    /**
     * Adds the next route; null for one that lets every event through.
     *
     * @param access where the route is found, null when it is not found but always decided
     */
    void add(@Nullable Condition condition, @Nullable List<Access> access) {
        starts.add(clauses.size());
        if (condition == null) {
            wholes.add(null);
            rests.add(null);
            return;
        }
        wholes.add(compiler.compile(condition, body));
        Clauses split = Clauses.of(condition, body, parts);
        Set<Access> found = access == null ? Set.of() : necessary(access);
        List<Clauses.Clause> open = new ArrayList<>();
        List<Clauses.Clause> met = new ArrayList<>();
        split.clauses().forEach(clause -> (isMet(clause, found) ? met : open).add(clause));
        // An event that leads to the route may fail only these, so they come first.
        open.forEach(clause -> write(clause, clause.alternatives()));
        met.forEach(clause -> write(clause, List.of()));
        Condition rest = split.rest();
        rests.add(rest == null || split.clauses().isEmpty() ? null : compiler.compile(rest, body));
    }

    RouteChecks build() {
        starts.add(clauses.size());
        return new RouteChecks(wholes.toArray(new Check[0]), rests.toArray(new Check[0]), starts.toArray(), clauses.toArray(),
                texts.toByteArray(), others.toArray(ValueTest[]::new));
    }

    private static Set<Access> necessary(List<Access> access) {
        return access.stream().map(Access::necessaryOnly).collect(Collectors.toSet());
    }

    /** Whether an event in which a route was found cannot but pass a clause. */
    private static boolean isMet(Clauses.Clause clause, Set<Access> found) {
        List<Access> sufficient = new ArrayList<>();
        for (Predicate predicate : clause.alternatives()) {
            sufficient.addAll(AccessPlanner.of(predicate, clause.node()));
        }
        return sufficient.stream().allMatch(Access::sufficient) && necessary(sufficient).equals(found);
    }

    /** Writes a clause with the tests one of which must pass, or with none. */
    private void write(Clauses.Clause clause, List<Predicate> alternatives) {
        Postings tests = new Postings();
        alternatives.forEach(predicate -> write(predicate, tests));
        clauses.add(clause.node().id);
        clauses.add(tests.size());
        clauses.addAll(tests);
    }

    private void write(Predicate predicate, Postings tests) {
        if (predicate instanceof Predicate.OneOf(var values, Compare compare) && compare == Compare.STRICT
                && values.size() == 1 && values.getFirst() instanceof Literal.Text(String text)) {
            write(TextTable.WHOLE, List.of(text), tests);
        } else if (predicate instanceof Predicate.StartsWith(var prefixes, Case letters) && letters == Case.EXACT) {
            write(TextTable.BEGINNING, prefixes, tests);
        } else if (predicate instanceof Predicate.EndsWith(var suffixes, Case letters) && letters == Case.EXACT) {
            write(TextTable.ENDING, suffixes, tests);
        } else if (predicate instanceof Predicate.EqualsIgnoringCase(var values)) {
            write(TextTable.FOLDED, values.stream().map(Folding::fold).toList(), tests);
        } else {
            tests.add(RouteChecks.OTHER);
            tests.add(others.size());
            tests.add(0);
            others.add(compiler.test(predicate));
        }
    }

    private void write(int way, List<String> operands, Postings tests) {
        for (String operand : operands) {
            byte[] text = Utf8.bytes(operand);
            tests.add(way);
            tests.add(texts.size());
            tests.add(text.length);
            texts.writeBytes(text);
        }
    }
}
