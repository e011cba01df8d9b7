package dev.sluice.executor.sandbox.js;

import org.graalvm.polyglot.Source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Our own JavaScript, which makes a bare context a realm. Each is one expression: a function. */
record Scripts(Source primordials, Source inspect, Source thrown, Source console, Source prelude, List<Source> additions) {
    Scripts() {
        this(resource("primordials.js"), resource("inspect.js"), resource("thrown.js"), resource("console.js"), resource("prelude.js"),
                List.of(resource("web.js"), resource("url.js")));
    }

    private static Source resource(String name) {
        try (InputStream in = Scripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the sandbox");
            }
            // Marked internal, so that its frames stay out of what users read.
            return Source.newBuilder(JavaScript.ID, new String(in.readAllBytes(), StandardCharsets.UTF_8), name)
                    .internal(true)
                    .buildLiteral();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
