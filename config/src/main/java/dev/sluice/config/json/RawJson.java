package dev.sluice.config.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON document as text, to be passed on as it is. Decoding one and encoding it again changes numbers, and fails beyond
 * limits of name, depth and digits that whoever wrote it did not have.
 */
public record RawJson(String text) {
    /** {@code null}. */
    public static final RawJson NULL = new RawJson("null");

    private static final JsonFactory WITHOUT_LIMITS = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** A document that may be absent, which is {@code null} in JSON too. */
    public static RawJson of(@Nullable String text) {
        return text == null ? NULL : new RawJson(text);
    }

    /** Whether a text is one JSON document. */
    public static boolean isJson(String text) {
        try (JsonParser parser = WITHOUT_LIMITS.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            parser.finishToken();
            return parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }

    /**
     * The members of this object, of several with one name the last.
     *
     * @throws IllegalArgumentException if it is no object
     */
    public Map<String, RawJson> members() {
        try (JsonParser parser = WITHOUT_LIMITS.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("is no JSON object");
            }
            Map<String, RawJson> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                int end = (int) parser.currentLocation().getCharOffset();
                members.put(name, new RawJson(text.substring(start, end)));
            }
            return members;
        } catch (IOException notJson) {
            throw new IllegalArgumentException("is no JSON object", notJson);
        }
    }

    /**
     * The elements of this array of {@code [string, string]}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public List<List<String>> pairs() {
        try (JsonParser parser = WITHOUT_LIMITS.createParser(text)) {
            List<List<String>> pairs = new ArrayList<>();
            expect(parser, JsonToken.START_ARRAY);
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                expect(parser, JsonToken.VALUE_STRING);
                String first = parser.getText();
                expect(parser, JsonToken.VALUE_STRING);
                pairs.add(List.of(first, parser.getText()));
                expect(parser, JsonToken.END_ARRAY);
            }
            return pairs;
        } catch (IOException notJson) {
            throw new IllegalArgumentException("is no array of pairs", notJson);
        }
    }

    private static void expect(JsonParser parser, JsonToken token) throws IOException {
        if (parser.nextToken() != token) {
            throw new IllegalArgumentException("is no array of pairs");
        }
    }

    /** The string that this document is, or null if it is another one. */
    public @Nullable String string() {
        try (JsonParser parser = WITHOUT_LIMITS.createParser(text)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
