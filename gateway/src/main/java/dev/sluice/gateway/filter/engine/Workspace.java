package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.explain.Explanation;
import dev.sluice.gateway.filter.explain.Explanation.Finding;
import dev.sluice.gateway.filter.explain.Statement;
import dev.sluice.gateway.filter.json.Fault;
import dev.sluice.gateway.filter.json.Utf8;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Everything that changes while an event is matched, and the result. */
public final class Workspace {
    private final Tape tape = new Tape();
    private final Projector projector = new Projector(tape);
    private final Hits hits = new Hits();

    private int[] matched = new int[16];
    private int count;
    private int fault;
    private int from;

    /** Matches an event; the result stays until the next call. */
    public void match(Plan plan, byte[] body, int offset, int length, int maxBytes, int maxDepth, Plan.Parts parts) {
        begin(plan.checks.routes(), offset);
        if (length > maxBytes || offset > Fault.MAX_POSITION - length) {
            fault = Fault.TOO_LARGE.at(Math.min(offset, Fault.MAX_POSITION));
            return;
        }
        tape.reset(body, plan.indexes.length);
        noteParts(plan, parts);
        int start = offset + Utf8.byteOrderMark(body, offset, offset + length);
        fault = projector.scan(body, start, offset + length, plan.nodes, plan.body, maxDepth);
        if (fault < 0) {
            return;
        }
        look(plan);
        decide(plan.checks);
    }

    private void begin(int routes, int offset) {
        from = offset;
        count = 0;
        if (matched.length < routes) {
            matched = new int[routes];
        }
    }

    private void noteParts(Plan plan, Plan.Parts parts) {
        int request = tape.add(0, plan.request, Kind.OBJECT, 0, 0);
        for (Plan.Part part : plan.parts) {
            String value = parts.get(part.scope(), part.name());
            if (value != null) {
                tape.addString(request, part.node(), value);
            }
        }
        tape.bodyFollows();
    }

    private void look(Plan plan) {
        hits.clear(plan.checks.routes(), plan.postings);
        for (int cell = Tape.STRIDE; cell < tape.size(); cell += Tape.STRIDE) {
            if (tape.replaced(cell)) {
                continue;
            }
            int node = tape.node(cell);
            if (tape.kind(cell) == Kind.STRING) {
                plan.strings.find(node, tape, cell, hits);
            }
            ValueIndex index = plan.indexes[node];
            if (index != null) {
                index.find(tape, cell, hits);
            }
        }
        for (int posting : plan.always) {
            hits.add(posting);
        }
    }

    private void decide(RouteChecks checks) {
        boolean mayBeReplaced = tape.duplicates();
        int last = -1;
        for (int word = hits.nextWord(); word != KeyPostings.NOWHERE; word = hits.nextWord()) {
            for (long bits = hits.take(word); bits != 0; bits &= bits - 1) {
                int posting = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                int route = KeyPostings.route(posting);
                if (route != last && ((KeyPostings.sufficient(posting) && !mayBeReplaced) || checks.holds(route, tape))) {
                    matched[count++] = route;
                    last = route;
                }
            }
        }
    }

    /** The digest of the key of the event just matched; null when it has none, or the plan asks for none. */
    public byte @Nullable [] key(Plan plan) {
        return plan.key.isEmpty() || fault < 0 ? null : new KeyFinder(tape, plan.key).find();
    }

    /** Why a route did or did not match the event just matched; for one of the first {@link Plan#BRIEFLY_EXPLAINED}. */
    public Explanation explain(Plan plan, int route) {
        Check check = plan.checks.whole(route);
        List<Finding> findings = new ArrayList<>();
        for (Plan.StatementCheck each : plan.statements.get(route)) {
            findings.add(finding(each, each.check().holds(tape, tape.body())));
        }
        return new Explanation(check == null || check.holds(tape, tape.body()), findings);
    }

    /** The first test of a route that is not as the route wants it, or null when each by itself is. */
    public @Nullable Finding obstacle(Plan plan, int route) {
        for (Plan.StatementCheck each : plan.statements.get(route)) {
            boolean held = each.check().holds(tape, tape.body());
            if (held == each.statement().negated()) {
                return finding(each, held);
            }
        }
        return null;
    }

    private Finding finding(Plan.StatementCheck each, boolean held) {
        Statement statement = each.statement();
        return new Finding(statement.path(), statement.test(), statement.negated(), held, seen(each.node()));
    }

    private @Nullable String seen(int node) {
        for (int cell = Tape.STRIDE; cell < tape.size(); cell += Tape.STRIDE) {
            if (tape.node(cell) == node && !tape.replaced(cell)) {
                return tape.excerpt(cell, Finding.LONGEST);
            }
        }
        return null;
    }

    /** Negative when the body was refused. */
    public int fault() {
        return fault;
    }

    /** Offset of the fault from the start of the body. */
    public int faultOffset() {
        return Fault.position(fault) - from;
    }

    /** What is wrong there. */
    public String faultReason() {
        return Fault.of(fault).reason();
    }

    /** Number of routes that matched. */
    public int count() {
        return count;
    }

    /** One of them. */
    public int route(int i) {
        if (i >= count) {
            throw new IndexOutOfBoundsException(i);
        }
        return matched[i];
    }

    /** Whether a route is one of them. */
    public boolean matched(int route) {
        return Arrays.binarySearch(matched, 0, count, route) >= 0;
    }

    /** All of them. */
    public int[] routes() {
        return Arrays.copyOf(matched, count);
    }
}
