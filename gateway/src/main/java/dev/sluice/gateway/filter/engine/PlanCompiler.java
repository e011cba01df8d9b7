package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.Scope;
import dev.sluice.gateway.filter.ast.ValuePath;
import dev.sluice.gateway.filter.explain.Statement;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Compiles the conditions of all routes together: one tree of paths, and for every route a place in the index where
 * the fewest events find it.
 */
public final class PlanCompiler {
    private final List<PathNode.Builder> all = new ArrayList<>();
    private final PathNode.Builder body = PathNode.Builder.root(all);
    private final PathNode.Builder request = PathNode.Builder.root(all);
    /** Made when the nodes have their final numbers. */
    private final List<Supplier<Plan.Part>> parts = new ArrayList<>();
    private final AccessPlanner planner = new AccessPlanner(this::part);
    private final List<Postings> postings = new ArrayList<>();

    private PlanCompiler() {}

    /**
     * Compiles the conditions of routes, by index; null holds for everything.
     *
     * @param key where an event's key is, which is noted in the same pass; null for nowhere
     */
    public static Plan compile(List<@Nullable Condition> routes, @Nullable ValuePath key) {
        return new PlanCompiler().plan(routes, key);
    }

    private Plan plan(List<@Nullable Condition> routes, @Nullable ValuePath key) {
        CheckCompiler compiler = new CheckCompiler(body, this::part);
        RouteChecksBuilder checks = new RouteChecksBuilder(compiler, body, this::part);
        for (Condition condition : routes) {
            if (condition != null) {
                planner.count(condition, body);
            }
        }
        List<PathNode.Builder> keyNodes = key == null ? List.of() : nodes(key);
        PathNode.Builder.arrange(all, body, request);
        List<List<Plan.StatementCheck>> statements = new ArrayList<>();
        for (Condition condition : routes.subList(0, Math.min(routes.size(), Plan.BRIEFLY_EXPLAINED))) {
            statements.add(condition == null ? List.of() : statements(condition, compiler));
        }
        Postings always = new Postings();
        for (int i = 0; i < routes.size(); i++) {
            Condition condition = routes.get(i);
            if (condition == null) {
                always.add(KeyPostings.posting(i, true));
                checks.add(null, null);
                continue;
            }
            List<Access> access = planner.choose(condition, body);
            checks.add(condition, access);
            if (access == null) {
                always.add(KeyPostings.posting(i, false));
                continue;
            }
            for (Access way : access) {
                postings.get(key(way.node(), way.key())).add(KeyPostings.posting(i, way.sufficient()));
            }
        }
        Looks.Builder strings = new Looks.Builder();
        KeyPostings byKey = new KeyPostings(postings);
        ValueIndex[] indexes = all.stream().map(node -> node.index.build(byKey, strings)).toArray(ValueIndex[]::new);
        PathNode[] nodes = all.stream().map(PathNode.Builder::build).toArray(PathNode[]::new);
        return new Plan(nodes, body.id, request.id, parts.stream().map(Supplier::get).toList(), indexes, strings.build(),
                byKey, checks.build(), statements, always.toArray(), key == null ? List.of() : levels(key, keyNodes));
    }

    private List<PathNode.Builder> nodes(ValuePath path) {
        List<PathNode.Builder> nodes = new ArrayList<>(List.of(body));
        for (ValuePath.Step step : path.steps().subList(1, path.steps().size())) {
            nodes.add(nodes.getLast().member(step.name()));
        }
        return nodes;
    }

    private static List<KeyLevel> levels(ValuePath path, List<PathNode.Builder> nodes) {
        List<KeyLevel> levels = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            levels.add(new KeyLevel(nodes.get(i).id, path.steps().get(i).element()));
        }
        return List.copyOf(levels);
    }

    private int key(PathNode.Builder node, AccessKey key) {
        return node.index.key(key, () -> {
            postings.add(new Postings());
            return postings.size() - 1;
        });
    }

    private List<Plan.StatementCheck> statements(Condition condition, CheckCompiler compiler) {
        List<Plan.StatementCheck> statements = new ArrayList<>();
        for (Statement statement : Statement.of(condition)) {
            Scope scope = statement.scope();
            PathNode.Builder node = scope == null ? body
                    : part(scope, statement.names().isEmpty() ? "" : statement.names().getFirst());
            for (String name : scope == null ? statement.names() : List.<String>of()) {
                node = node.member(name);
            }
            statements.add(new Plan.StatementCheck(statement, compiler.compile(statement.alone(), body), node.id));
        }
        return statements;
    }

    /** The node of a part of the request, made on first use. */
    private PathNode.Builder part(Scope scope, String name) {
        String key = scope == Scope.HEADERS ? name.toLowerCase(Locale.ROOT) : scope.named() ? name : "";
        int known = request.members();
        PathNode.Builder node = request.member(scope.keyword() + ' ' + key);
        if (request.members() > known) {
            parts.add(() -> new Plan.Part(scope, key, node.id));
        }
        return node;
    }
}
