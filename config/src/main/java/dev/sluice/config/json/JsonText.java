package dev.sluice.config.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import org.jspecify.annotations.Nullable;

/** JSON written straight into text, for where building a tree first would cost more than the rest. */
public final class JsonText {
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private JsonText() {}

    /** Appends a string in quotation marks, or {@code null}. */
    public static StringBuilder string(StringBuilder out, @Nullable String value) {
        if (value == null) {
            return out.append("null");
        }
        out.append('"');
        ENCODER.quoteAsString(value, out);
        return out.append('"');
    }
}
