package dev.sluice.config.definition;

import dev.sluice.config.id.Uuids;
import dev.sluice.config.json.Fields;

import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Short names that stand in URLs: lower-case letters, digits and dashes, 63 at most. None has the form of a UUID, so that
 * an id is never taken for a name.
 */
public final class Slugs {
    private static final int MAX_LENGTH = 63;
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern LOST = Pattern.compile("[\\p{L}\\p{N}&&[^a-z0-9]]");
    private static final int HASH_BYTES = 4;
    /** Letters that have no accent to be taken from them. */
    private static final Map<String, String> LETTERS = Map.of(
            "ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ł", "l", "ı", "i");

    private Slugs() {}

    /** Whether a text has the form of a slug. */
    public static boolean isSlug(String text) {
        return SLUG.matcher(text).matches() && Uuids.parse(text) == null;
    }

    /**
     * The field {@code slug}, or one made from the name where it is absent.
     *
     * @param kind what it names, such as {@code workflow}; begins a slug for which the name has nothing
     */
    public static String read(Fields fields, String name, String kind) {
        String slug = fields.optionalText("slug", MAX_LENGTH);
        if (slug == null) {
            return of(name, kind);
        }
        if (Uuids.parse(slug) != null) {
            throw fields.invalid("slug", "must not have the form of a UUID: that would be an id");
        }
        if (!isSlug(slug)) {
            throw fields.invalid("slug", "must be 1 to 63 lower-case letters, digits and dashes, not beginning with a dash");
        }
        return slug;
    }

    /** A slug for any name. What has no letters of ours is told apart by a digest of the name. */
    static String of(String name, String kind) {
        String letters = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT).replaceAll("\\p{M}+", "");
        for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
            letters = letters.replace(letter.getKey(), letter.getValue());
        }
        String slug = letters.replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        boolean lost = slug.isEmpty() || LOST.matcher(letters).find() || Uuids.parse(slug) != null;
        String digest = HexFormat.of().formatHex(Sha256.of(name).digest(), 0, HASH_BYTES);
        int room = MAX_LENGTH - (lost ? 1 + digest.length() : 0);
        String cut = slug.substring(0, Math.min(room, slug.length())).replaceAll("-+$", "");
        return !lost ? cut : (cut.isEmpty() ? kind : cut) + '-' + digest;
    }
}
