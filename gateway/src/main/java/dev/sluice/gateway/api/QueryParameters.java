package dev.sluice.gateway.api;

import dev.sluice.config.json.InvalidFieldException;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The query parameters that an operation takes. Whatever else is in a query is refused by its name: one that is ignored
 * answers another question than was asked.
 */
record QueryParameters(List<String> names) {
    static final QueryParameters NONE = of();
    /** Of a list that is only paged. */
    static final QueryParameters PAGE = of("cursor", "limit");

    private static final int MAX_SHOWN = 100;

    static QueryParameters of(String... names) {
        return new QueryParameters(List.of(names));
    }

    /**
     * Reads a query as it stands in the URL.
     *
     * @throws InvalidFieldException for a parameter that is unknown, given twice, empty or cannot be decoded
     */
    Map<String, String> read(@Nullable String query) {
        Map<String, String> values = new TreeMap<>();
        if (query == null || query.isEmpty()) {
            return values;
        }
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals), "query");
            if (!names.contains(name)) {
                throw new InvalidFieldException(shown(name), names.isEmpty()
                        ? "is unknown: this operation takes no query parameters"
                        : "is unknown; known here are " + names);
            }
            String value = equals < 0 ? "" : decode(part.substring(equals + 1), name);
            if (value.isEmpty()) {
                throw new InvalidFieldException(name, "must not be empty; leave it out for any");
            }
            if (value.indexOf('\0') >= 0) {
                throw new InvalidFieldException(name, "must have no NUL");
            }
            if (values.put(name, value) != null) {
                throw new InvalidFieldException(name, "must not be given more than once");
            }
        }
        return values;
    }

    /** Percent-decoding that takes nothing for something else: the usual decoders replace what is not UTF-8. */
    private static String decode(String text, String parameter) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length() || !isHex(text.charAt(i + 1)) || !isHex(text.charAt(i + 2))) {
                    throw new InvalidFieldException(parameter, "has a % without two hexadecimal digits behind it");
                }
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else if (c > ' ' && c <= '~') {
                bytes.write(c == '+' ? ' ' : c);
            } else {
                throw new InvalidFieldException(parameter, "has a character that must be percent-encoded");
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException notText) {
            throw new InvalidFieldException(parameter, "is not UTF-8 text");
        }
    }

    private static boolean isHex(char c) {
        return HexFormat.isHexDigit(c);
    }

    private static String shown(String name) {
        return name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
    }
}
