package dev.sluice.gateway.ingress;

import dev.sluice.executor.dispatcher.EventHeaders;
import dev.sluice.gateway.filter.RequestScope;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What filters see of an event that was received before, or of one that is only described. Credentials are blanked in the
 * journal, so a filter on such a header can see something else here than it did then.
 */
public record StoredRequestScope(
        String method, String path, @Nullable String queryString, EventHeaders headers, @Nullable String ip,
        @Nullable String customer) implements RequestScope {
    @Override
    public @Nullable String header(String lowerCaseName) {
        for (EventHeaders.Header header : headers.headers()) {
            if (header.name().equalsIgnoreCase(lowerCaseName)) {
                return header.value();
            }
        }
        return null;
    }

    @Override
    public @Nullable String query(String name) {
        if (queryString == null) {
            return null;
        }
        try {
            List<String> values = new QueryStringDecoder("?" + queryString).parameters().get(name);
            return values == null ? null : values.getFirst();
        } catch (IllegalArgumentException brokenEscape) {
            return null;
        }
    }
}
