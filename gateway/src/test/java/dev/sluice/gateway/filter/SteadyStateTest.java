package dev.sluice.gateway.filter;

import com.sun.management.ThreadMXBean;
import dev.sluice.gateway.filter.json.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A matcher at work allocates nothing for an event and keeps nothing of one. */
final class SteadyStateTest {
    private static final int EVENTS = 20_000;
    private static final int MOST_BYTES_AN_EVENT = 64;

    private static final RequestScope REQUEST = new RequestScope() {
        @Override
        public @Nullable String header(String name) {
            return "push";
        }
    };

    @Test
    void allocatesNothingForAnEvent() {
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            filters.add(Matching.filter("{\"type\":\"t" + i + "\",\"n\":{\"$gte\":" + i + "},\"$headers.x\":\"push\"}"));
            filters.add(Matching.filter("{\"items.sku\":{\"$startsWith\":\"s" + i + "\"},\"e\":{\"$iequals\":\"É" + i + "\"},\"f\":{\"$gt\":0.5}}"));
        }
        Matcher matcher = Matcher.compile(filters);
        byte[] body = Utf8.bytes("{\"type\":\"t7\",\"n\":7e0,\"items\":[{\"sku\":\"s1x\"},{\"sku\":\"s\\u0032\"}],\"e\":\"é1\",\"f\":0.50001}");
        Match match = new Match();
        for (int i = 0; i < EVENTS; i++) {
            matcher.match(body, REQUEST, match);
        }
        assertThat(match.routes()).containsExactly(3, 14);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < EVENTS; i++) {
            matcher.match(body, REQUEST, match);
        }
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / EVENTS).isLessThan(MOST_BYTES_AN_EVENT);
    }

    @Test
    void oneMatchServesManyMatchersInTurn() {
        Match match = new Match();
        for (int routes = 0; routes < 40; routes++) {
            List<Filter> filters = new ArrayList<>();
            for (int i = 0; i < routes; i++) {
                filters.add(Matching.filter("{\"a" + i + "\":{\"b\":1}}"));
            }
            Matcher matcher = Matcher.compile(filters);
            matcher.match(Utf8.bytes("{\"a0\":{\"b\":1},\"a" + (routes - 1) + "\":[{\"b\":2},{\"b\":1}],\"x\":{\"b\":1}}"), RequestScope.NONE, match);
            assertThat(match.count()).isEqualTo(Math.min(routes, 2));
        }
    }
}
