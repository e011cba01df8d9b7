package dev.sluice.gateway.ingress;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the query string of a URL as an HTML form is encoded. Takes any text: a percent sign that is no escape stands for
 * itself, and bytes that are no UTF-8 become U+FFFD.
 */
final class QueryText {
    private QueryText() {}

    /** The first value of a parameter, empty for one without an equals sign; null where there is none of the name. */
    static @Nullable String first(@Nullable String query, String name) {
        int from = 0;
        while (query != null && from <= query.length()) {
            int end = end(query, from);
            int equals = query.indexOf('=', from);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (nameEnd > from && decode(query, from, nameEnd).equals(name)) {
                return nameEnd == end ? "" : decode(query, nameEnd + 1, end);
            }
            from = end + 1;
        }
        return null;
    }

    private static int end(String query, int from) {
        for (int i = from; i < query.length(); i++) {
            if (query.charAt(i) == '&' || query.charAt(i) == ';') {
                return i;
            }
        }
        return query.length();
    }

    private static String decode(String text, int from, int to) {
        boolean plain = true;
        for (int i = from; i < to && plain; i++) {
            plain = text.charAt(i) != '%' && text.charAt(i) != '+';
        }
        return plain ? text.substring(from, to) : unescape(text, from, to);
    }

    private static String unescape(String text, int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '+') {
                bytes.write(' ');
            } else if (c == '%' && i + 2 < to && isHex(text.charAt(i + 1)) && isHex(text.charAt(i + 2))) {
                bytes.write(Character.digit(text.charAt(i + 1), 16) << 4 | Character.digit(text.charAt(i + 2), 16));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isHex(char c) {
        return c < 128 && Character.digit(c, 16) >= 0;
    }
}
