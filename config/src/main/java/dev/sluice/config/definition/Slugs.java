package dev.sluice.config.definition;

import dev.sluice.config.json.Fields;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Short names that stand in URLs: lower-case letters, digits and dashes, 63 at most. */
public final class Slugs {
    private static final int MAX_LENGTH = 63;
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Slugs() {}

    /** The field {@code slug}, or one made from the name where it is absent. */
    public static String read(Fields fields, String name) {
        String slug = fields.optionalText("slug", MAX_LENGTH);
        if (slug == null) {
            slug = of(name);
        }
        if (!SLUG.matcher(slug).matches()) {
            throw fields.invalid("slug", "must be 1 to 63 lower-case letters, digits and dashes, not beginning with a dash");
        }
        return slug;
    }

    private static String of(String name) {
        String slug = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-");
        String cut = slug.substring(0, Math.min(MAX_LENGTH, slug.length()));
        return cut.replaceAll("^-+|-+$", "");
    }
}
