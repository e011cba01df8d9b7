package dev.sluice.config.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Files that come with the product, on its class path. */
final class Bundled {
    private Bundled() {}

    /** Opens a file; a name without a leading slash is looked up beside this class. */
    static InputStream open(String name) throws IOException {
        InputStream in = Bundled.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the build left " + name + " off the class path");
        }
        return in;
    }

    /** A whole text file. */
    static String text(String name) throws IOException {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
