package dev.sluice.benchmarks.hostile.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON of any size, depth and number without making anything of it. */
final class JsonTokens {
    private static final JsonFactory FACTORY = JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder()
            .maxNameLength(Integer.MAX_VALUE).maxNestingDepth(Integer.MAX_VALUE).maxNumberLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE).build()).build();
    /** Of an item in {@code {"items": [{"id": …}]}}. */
    private static final int ITEM_DEPTH = 3;

    private JsonTokens() {}

    /** The ids of a list's items; throws if the bytes are no JSON. An item alone has none. */
    static List<String> ids(byte[] json) throws IOException {
        List<String> ids = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(json)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == ITEM_DEPTH && token == JsonToken.VALUE_STRING && "id".equals(parser.currentName())) {
                    ids.add(parser.getText());
                }
            }
        }
        return ids;
    }
}
