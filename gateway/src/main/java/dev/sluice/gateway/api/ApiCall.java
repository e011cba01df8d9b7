package dev.sluice.gateway.api;

import dev.sluice.config.definition.Organization;
import dev.sluice.config.json.ExactJson;
import dev.sluice.config.json.Fields;
import dev.sluice.config.json.InvalidFieldException;
import dev.sluice.config.postgres.Tenant;
import dev.sluice.gateway.http.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.UUID;

/**
 * A request of the management API, authenticated and read.
 *
 * @param pathParameters what stands for the {@code :names} of the path
 */
record ApiCall(Organization organization, Map<String, String> pathParameters, MultiMap query, Buffer body) {
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 200;

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
        try {
            return UUID.fromString(id());
        } catch (IllegalArgumentException notAnId) {
            throw notFound(kind).asException();
        }
    }

    /** That there is nothing with the id of the path. */
    Problem notFound(String kind) {
        return Problem.of(404, "there is no %s with the id '%s'".formatted(kind, id()));
    }

    @Nullable String text(String parameter) {
        String value = query.get(parameter);
        return value == null || value.isEmpty() ? null : value;
    }

    @Nullable UUID id(String parameter) {
        String value = text(parameter);
        try {
            return value == null ? null : UUID.fromString(value);
        } catch (IllegalArgumentException notAnId) {
            throw new InvalidFieldException(parameter, "must be a UUID");
        }
    }

    @Nullable OffsetDateTime time(String parameter) {
        String value = text(parameter);
        try {
            return value == null ? null : OffsetDateTime.parse(value);
        } catch (DateTimeParseException notATime) {
            throw new InvalidFieldException(parameter, "must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    /** How many items the page may have. */
    int limit() {
        String value = text("limit");
        if (value == null) {
            return DEFAULT_PAGE;
        }
        try {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= MAX_PAGE) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            throw new InvalidFieldException("limit", "must be a number from 1 to " + MAX_PAGE);
        }
        throw new InvalidFieldException("limit", "must be from 1 to " + MAX_PAGE);
    }
}
