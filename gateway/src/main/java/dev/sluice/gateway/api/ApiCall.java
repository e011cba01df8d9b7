package dev.sluice.gateway.api;

import dev.sluice.config.definition.Organization;
import dev.sluice.config.definition.Slugs;
import dev.sluice.config.id.Uuids;
import dev.sluice.config.json.ExactJson;
import dev.sluice.config.json.Fields;
import dev.sluice.config.json.InvalidFieldException;
import dev.sluice.config.postgres.Tenant;
import dev.sluice.gateway.http.Problem;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A request of the management API, authenticated and read.
 *
 * @param pathParameters what stands for the {@code :names} of the path
 * @param query the query parameters, each of which the operation takes
 */
record ApiCall(Organization organization, Map<String, String> pathParameters, Map<String, String> query, Buffer body) {
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 200;
    private static final Pattern LIMIT_FORM = Pattern.compile("[1-9][0-9]{0,2}");

    ApiCall with(Map<String, String> parameters) {
        return new ApiCall(organization, pathParameters, parameters, body);
    }

    /** Whose rows this call may touch. */
    Tenant tenant() {
        return Tenant.of(organization.id());
    }

    /** The body's fields. */
    Fields fields() {
        return new Fields(ExactJson.object(body));
    }

    /** The path's {@code :id} as it stands there. */
    String id() {
        return pathParameters.getOrDefault("id", "");
    }

    /** The path's {@code :id} as a UUID; what is none cannot exist. */
    UUID uuid(String kind) {
        UUID id = Uuids.parse(id());
        if (id == null) {
            throw notFound(kind).asException();
        }
        return id;
    }

    /** That there is nothing with the id of the path. */
    Problem notFound(String kind) {
        return Problem.of(404, "there is no %s with the id '%s'".formatted(kind, id()));
    }

    @Nullable String text(String parameter) {
        return query.get(parameter);
    }

    @Nullable UUID id(String parameter) {
        String value = text(parameter);
        UUID id = value == null ? null : Uuids.parse(value);
        if (value != null && id == null) {
            throw new InvalidFieldException(parameter, "must be a UUID");
        }
        return id;
    }

    @Nullable OffsetDateTime time(String parameter) {
        String value = text(parameter);
        return value == null ? null : Times.time(parameter, value);
    }

    /** The slug after which the page begins; empty for the first page. */
    String slugCursor() {
        String value = text("cursor");
        if (value != null && !Slugs.isSlug(value)) {
            throw new InvalidFieldException("cursor", "must be the nextCursor of a page");
        }
        return value == null ? "" : value;
    }

    /** How many items the page may have. */
    int limit() {
        String value = text("limit");
        if (value == null) {
            return DEFAULT_PAGE;
        }
        if (LIMIT_FORM.matcher(value).matches() && Integer.parseInt(value) <= MAX_PAGE) {
            return Integer.parseInt(value);
        }
        throw new InvalidFieldException("limit", "must be a whole number from 1 to " + MAX_PAGE);
    }
}
