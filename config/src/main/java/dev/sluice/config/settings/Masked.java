package dev.sluice.config.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values as they may be shown: without what could be a secret. */
final class Masked {
    private static final String HIDDEN = "***";
    private static final Pattern HARMLESS_URI = Pattern.compile("([a-z][a-z0-9+.-]*://)?[A-Za-z0-9._:/\\[\\]-]*");
    private static final Pattern SECRET_NAME = Pattern.compile(".*(PASSW|SECRET|TOKEN|KEY|CREDENTIAL).*");

    private Masked() {}

    /** One URI or several separated by commas, without login and query. */
    static String uris(String text) {
        return Arrays.stream(text.split(",", -1)).map(Masked::uri).collect(Collectors.joining(","));
    }

    /** The value of a key that does not exist: a misspelt key may well hold a secret. */
    static String unknown(String name, String value) {
        if (SECRET_NAME.matcher(name.toUpperCase(Locale.ROOT)).matches()) {
            return HIDDEN;
        }
        return value.contains("@") || value.contains("://") ? uris(value) : value;
    }

    private static String uri(String text) {
        int scheme = text.indexOf("://");
        String prefix = scheme < 0 ? "" : text.substring(0, scheme + 3);
        int at = text.lastIndexOf('@');
        String rest = at < 0 ? text.substring(prefix.length()) : HIDDEN + text.substring(at);
        int query = rest.indexOf('?');
        String shown = query < 0 ? rest : rest.substring(0, query) + "?" + HIDDEN;
        String plain = shown.replace(HIDDEN + "@", "").replace("?" + HIDDEN, "");
        return HARMLESS_URI.matcher(prefix + plain).matches() ? prefix + shown : HIDDEN;
    }
}
