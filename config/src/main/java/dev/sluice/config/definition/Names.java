package dev.sluice.config.definition;

import dev.sluice.config.id.Uuids;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** A text that names something by its id or by its slug: one or the other, for no slug has the form of an id. */
final class Names {
    private Names() {}

    /** The id or else the slug, and null for the other; null where it can be neither, so that nothing has that name. */
    static @Nullable Tuple idAndSlug(String text) {
        UUID id = Uuids.parse(text);
        return id != null || Slugs.isSlug(text) ? idAndSlug(id, id == null ? text : null) : null;
    }

    /** The same for an id. */
    static Tuple id(UUID id) {
        return idAndSlug(id, null);
    }

    private static Tuple idAndSlug(@Nullable UUID id, @Nullable String slug) {
        return Tuple.tuple().addUUID(id).addString(slug);
    }
}
