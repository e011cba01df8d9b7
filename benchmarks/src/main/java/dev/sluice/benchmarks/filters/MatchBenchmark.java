package dev.sluice.benchmarks.filters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.sluice.gateway.filter.Filter;
import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.Match;
import dev.sluice.gateway.filter.Matcher;
import dev.sluice.gateway.filter.RequestScope;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.event.ruler.Machine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Events matched a second, one event an operation, the GitHub bodies in turn.
 *
 * <p>Run with {@code ./sluice bench filters}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class MatchBenchmark {

    /** The bodies as bytes, and as the strings that event-ruler wants; making those is not counted against it. */
    @State(Scope.Thread)
    public static class Events {
        private final List<byte[]> bodies = Bodies.read();
        private final List<String> texts = bodies.stream().map(body -> new String(body, StandardCharsets.UTF_8)).toList();
        private int next;

        int next() {
            next = next + 1 == bodies.size() ? 0 : next + 1;
            return next;
        }
    }

    /** Our matcher with its rules. */
    @State(Scope.Thread)
    public static class Ours {
        @Param({"5", "100", "1000", "10000"})
        public int rules;

        @Param({"ROUTING", "MIXED", "SAMPLED", "REPEATED"})
        public Rules kind = Rules.ROUTING;

        private final Match match = new Match();
        private Matcher matcher = Matcher.compile(List.of());

        /** Compiles the rules. */
        @Setup
        public void compile() throws FilterException {
            matcher = matcher(kind.patterns(rules));
        }
    }

    /** The peer with the same rules. */
    @State(Scope.Thread)
    public static class Peer {
        @Param({"5", "100", "1000", "10000"})
        public int rules;

        @Param({"ROUTING", "MIXED", "SAMPLED", "REPEATED"})
        public Rules kind = Rules.ROUTING;

        private Machine machine = Machine.builder().build();

        /** Compiles the rules. */
        @Setup
        public void compile() throws Exception {
            machine = machine(kind.patterns(rules));
        }
    }

    static Matcher matcher(List<String> patterns) throws FilterException {
        List<Filter> filters = new ArrayList<>(patterns.size());
        for (String pattern : patterns) {
            filters.add(Filter.parse(Rules.asFilter(pattern)));
        }
        return Matcher.compile(filters);
    }

    static Machine machine(List<String> patterns) throws Exception {
        Machine machine = Machine.builder().build();
        for (int i = 0; i < patterns.size(); i++) {
            machine.addRule("rule-" + i, patterns.get(i));
        }
        return machine;
    }

    /** One pass over the raw body, validation included. */
    @Benchmark
    public int sluice(Events events, Ours ours) {
        ours.matcher.match(events.bodies.get(events.next()), RequestScope.NONE, ours.match);
        return ours.match.count();
    }

    /** event-ruler's array-consistent matching. */
    @Benchmark
    public int eventRuler(Events events, Peer peer) throws Exception {
        return peer.machine.rulesForJSONEvent(events.texts.get(events.next())).size();
    }

    /** Only reading the tokens, matching nothing. */
    @Benchmark
    public int jacksonTokens(Events events, Tokens tokens) throws Exception {
        int count = 0;
        try (JsonParser parser = tokens.factory.createParser(events.bodies.get(events.next()))) {
            while (parser.nextToken() != null) {
                count++;
            }
        }
        return count;
    }

    /** Only adding up the bytes, eight at a time: what merely reading them costs. */
    @Benchmark
    public long readBytes(Events events) {
        return ByteSum.of(events.bodies.get(events.next()));
    }

    /** Jackson. */
    @State(Scope.Thread)
    public static class Tokens {
        private final JsonFactory factory = new JsonFactory();
    }
}
