package dev.sluice.config.definition;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides what of a request is a credential: the value of a header or of a query parameter, by its name. Such a value is
 * blanked before the request is kept anywhere, and code does not get it. A signature is none: it is worth nothing with
 * another body, and can be checked again.
 *
 * <p>A name counts by its last words, such as {@code api-key} in {@code X-Shop-Api-Key}; words stand apart by a dash, a
 * dot or an underscore. In a header's name some words need not stand apart ({@code X-AuthToken}); in a parameter's they
 * must, because {@code pageToken} and {@code validationToken} are none.
 */
public final class Credentials {
    /** What is shown in place of a credential. */
    public static final String BLANK = "[redacted]";

    /** What carries a credential whatever the webhook. */
    public static final Credentials STANDARD = new Credentials(Set.of(), null);

    private static final List<String> WORDS = List.of(
            "authorization", "auth", "cookie", "token", "secret", "password", "passwd", "passphrase", "pwd", "credential",
            "credentials", "api key", "auth key", "access key", "secret key", "private key", "subscription key",
            "functions key", "master key", "fastn key", "jwt", "jwt assertion", "bearer");
    private static final Set<String> RUN_TOGETHER =
            Set.of("authorization", "cookie", "token", "secret", "password", "passwd", "apikey");

    private record Ending(String text, boolean apart) {}

    /** By the last letter. */
    private static final Ending[][] ENDINGS = endings();
    /** By the last letter a bit for each that stands before it in some ending: most names are told from it to have none. */
    private static final int[] BEFORE_LAST = beforeLast();

    private final Set<String> more;
    private final @Nullable String signatureHeader;

    /**
     * The credentials that a webhook's requests carry.
     *
     * @param more further names, in any case
     * @param signatureHeader the header of the webhook's signature, which is no credential whatever its name; null if none
     */
    public Credentials(Set<String> more, @Nullable String signatureHeader) {
        TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(more);
        this.more = names;
        this.signatureHeader = signatureHeader;
    }

    /** Whether the header of this name carries a credential. */
    public boolean inHeader(String name) {
        return more.contains(name) || (endsAsOne(name, true) && !name.equalsIgnoreCase(signatureHeader));
    }

    /** Whether the query parameter of this name carries a credential. */
    public boolean inParameter(String name) {
        return more.contains(name) || endsAsOne(name, false);
    }

    /** A query string as it may be kept; what carries no credential stays as it was sent. */
    public @Nullable String blanked(@Nullable String query) {
        if (query == null || query.indexOf('=') < 0) {
            return query;
        }
        StringBuilder kept = new StringBuilder(query.length());
        int start = 0;
        while (start <= query.length()) {
            int end = start;
            int value = -1;
            for (; end < query.length() && query.charAt(end) != '&' && query.charAt(end) != ';'; end++) {
                value = value < 0 && query.charAt(end) == '=' ? end : value;
            }
            boolean blank = value >= 0 && value + 1 < end && inParameter(decoded(query.substring(start, value)));
            kept.append(query, start, blank ? value + 1 : end).append(blank ? BLANK : "");
            if (end < query.length()) {
                kept.append(query.charAt(end));
            }
            start = end + 1;
        }
        return kept.toString();
    }

    private static String decoded(String name) {
        if (name.indexOf('%') < 0 && name.indexOf('+') < 0) {
            return name;
        }
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return name;
        }
    }

    private static boolean endsAsOne(String name, boolean header) {
        int last = name.length() < 2 ? -1 : letter(name.charAt(name.length() - 1));
        int before = last < 0 ? -1 : letter(name.charAt(name.length() - 2));
        if (before < 0 || (BEFORE_LAST[last] & 1 << before) == 0) {
            return false;
        }
        for (Ending ending : ENDINGS[last]) {
            int at = name.length() - ending.text().length();
            if (name.regionMatches(true, at, ending.text(), 0, ending.text().length())
                    && (at == 0 || isSeparator(name.charAt(at - 1)) || (header && !ending.apart()))) {
                return true;
            }
        }
        return false;
    }

    /** The number of a letter in the alphabet, from 0, or -1. */
    private static int letter(char c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z' ? lower - 'a' : -1;
    }

    private static boolean isSeparator(char c) {
        return c == '-' || c == '_' || c == '.';
    }

    private static Ending[][] endings() {
        List<List<Ending>> byLetter = new ArrayList<>();
        for (char letter = 'a'; letter <= 'z'; letter++) {
            byLetter.add(new ArrayList<>());
        }
        for (String words : WORDS) {
            for (String separator : words.indexOf(' ') < 0 ? List.of("") : List.of("", "-", "_", ".")) {
                String text = words.replace(" ", separator).toLowerCase(Locale.ROOT);
                byLetter.get(text.charAt(text.length() - 1) - 'a').add(new Ending(text, !RUN_TOGETHER.contains(text)));
            }
        }
        return byLetter.stream().map(endings -> endings.toArray(Ending[]::new)).toArray(Ending[][]::new);
    }

    private static int[] beforeLast() {
        int[] bits = new int[ENDINGS.length];
        for (int last = 0; last < ENDINGS.length; last++) {
            for (Ending ending : ENDINGS[last]) {
                bits[last] |= 1 << letter(ending.text().charAt(ending.text().length() - 2));
            }
        }
        return bits;
    }
}
