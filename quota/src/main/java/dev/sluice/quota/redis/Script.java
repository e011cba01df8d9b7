package dev.sluice.quota.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script that is called by its digest, and sent in full only to a server that does not know it yet.
 *
 * @param source the text
 * @param digest SHA-1 of the text in hexadecimal, its name on the server
 */
record Script(String source, String digest) {
    /** The script that does all counting; its head says what goes in and comes out. */
    static final Script COUNT = read("count.lua");

    private static Script read(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            byte[] source = in.readAllBytes();
            return new Script(new String(source, StandardCharsets.US_ASCII),
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
