package dev.sluice.config.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Parses JSON without rounding: a number with a fraction or an exponent becomes a {@link java.math.BigDecimal}, where
 * the usual decoder makes a double of it. Filters compare exactly, so what is saved of them must be exact.
 */
public final class ExactJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(500).build())
            .build();

    /** Most values of a text: each takes many times the room that it has there. */
    private static final int MAX_VALUES = 250_000;

    private final JsonParser parser;
    private int values;

    private ExactJson(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Parses one JSON object.
     *
     * @throws InvalidFieldException if it is not one; the path is {@code body} and the reason tells line and column
     */
    public static JsonObject object(Buffer json) {
        return object(json.getBytes());
    }

    /** Parses one JSON object, given as text. */
    public static JsonObject object(String json) {
        return object(json.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject object(byte[] json) {
        if (!(parse(json) instanceof JsonObject object)) {
            throw new InvalidFieldException("body", "must be a JSON object");
        }
        return object;
    }

    private static @Nullable Object parse(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            Object parsed = parser.nextToken() == null ? null : new ExactJson(parser).value();
            if (parser.nextToken() != null) {
                throw new InvalidFieldException("body", "has something behind the JSON value");
            }
            return parsed;
        } catch (JsonProcessingException e) {
            throw new InvalidFieldException("body", "is not JSON: " + e.getOriginalMessage() + where(e.getLocation()));
        } catch (IOException e) {
            throw new InvalidFieldException("body", "is not UTF-8 text");
        }
    }

    /** A text that goes beyond a limit, of depth for instance, is refused without a place. */
    private static String where(@Nullable JsonLocation location) {
        return location == null
                ? ""
                : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
    }

    private @Nullable Object value() throws IOException {
        if (++values > MAX_VALUES) {
            throw new InvalidFieldException("body", "has more than %d values".formatted(MAX_VALUES));
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                JsonObject object = new JsonObject();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, value());
                }
                yield object;
            }
            case START_ARRAY -> {
                JsonArray array = new JsonArray();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value());
                }
                yield array;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** A number whose exponent is beyond 32 bits has a form for filters and for nothing else. */
    private BigDecimal decimal() throws IOException {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException | ArithmeticException tooLarge) {
            throw new InvalidFieldException("body",
                    "has a number whose exponent is too large" + where(parser.currentTokenLocation()));
        }
    }
}
