package dev.sluice.executor.dispatcher;

import dev.sluice.executor.sandbox.protocol.Outcome;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * An error as it is stored and shown: name, message and stack, then the error's own fields, its {@code cause} and the
 * {@code errors} it gathers. PostgreSQL can store and take apart all of it, whatever the sandbox sent.
 */
final class ErrorJson {
    private ErrorJson() {}

    static JsonObject of(Outcome.WorkflowError error) {
        String stack = error.stack();
        JsonObject json = of(error.name(), error.message()).put("stack", stack == null ? "" : clean(stack));
        details(error.details()).forEach(field -> json.getMap().putIfAbsent(field.getKey(), field.getValue()));
        return json;
    }

    static JsonObject of(String name, String message) {
        return new JsonObject().put("name", clean(name)).put("message", clean(message));
    }

    /** PostgreSQL's jsonb has no NUL character and no half of a surrogate pair. */
    static String clean(String text) {
        StringBuilder cleaned = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                cleaned = cleaned == null ? new StringBuilder(text) : cleaned;
                cleaned.setCharAt(i, '\uFFFD');
            }
        }
        return cleaned == null ? text : cleaned.toString();
    }

    private static JsonObject details(@Nullable String details) {
        if (details == null || details.length() > Outcome.WorkflowError.MAX_DETAILS) {
            return new JsonObject();
        }
        try {
            return object(new JsonObject(details).getMap());
        } catch (DecodeException e) {
            // Not written by our own sandbox code; the name and the message stay.
            return new JsonObject();
        }
    }

    private static JsonObject object(Map<?, ?> map) {
        JsonObject json = new JsonObject();
        map.forEach((key, value) -> json.put(clean(String.valueOf(key)), value(value)));
        return json;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> clean(text);
            case Map<?, ?> map -> object(map);
            case List<?> list -> {
                JsonArray array = new JsonArray();
                list.forEach(item -> array.add(value(item)));
                yield array;
            }
            case Double number when !Double.isFinite(number) -> number.toString();
            default -> value;
        };
    }
}
