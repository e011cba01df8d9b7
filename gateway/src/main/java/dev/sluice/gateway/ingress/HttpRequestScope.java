package dev.sluice.gateway.ingress;

import dev.sluice.gateway.filter.RequestScope;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** What filters see of an HTTP request. */
record HttpRequestScope(HttpServerRequest request, String subPath, @Nullable String customerSlug)
        implements RequestScope {
    @Override
    public @Nullable String header(String lowerCaseName) {
        return request.getHeader(lowerCaseName);
    }

    @Override
    public @Nullable String query(String name) {
        return QueryText.first(request.query(), name);
    }

    @Override
    public String path() {
        return subPath;
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public @Nullable String ip() {
        return request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    }

    @Override
    public @Nullable String customer() {
        return customerSlug;
    }
}
