package dev.sluice.config.id;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.regex.Pattern;

/** UUIDs written as text. What has their form is an id and never a name. */
public final class Uuids {
    private static final int LENGTH = 36;
    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Uuids() {}

    /** The UUID that is written out in full, or null. {@link UUID#fromString} takes shorter texts, too. */
    public static @Nullable UUID parse(String text) {
        return text.length() == LENGTH && FORM.matcher(text).matches() ? UUID.fromString(text) : null;
    }
}
