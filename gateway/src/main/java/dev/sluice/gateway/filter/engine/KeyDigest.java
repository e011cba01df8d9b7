package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.json.DecimalSlice;
import dev.sluice.gateway.filter.json.Scalars;
import dev.sluice.gateway.filter.json.Strings;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 over values, in a form that does not depend on how they are written: white space, escapes, and the notation of
 * numbers. A string alone is just its bytes; whatever else there is begins with a byte that UTF-8 does not have, so that
 * no two different values have one form. Values go in where they lie, without being copied.
 */
final class KeyDigest {
    private static final byte MARK = (byte) 0xff;

    private final MessageDigest sha256;
    private final DecimalSlice number = new DecimalSlice();
    private boolean any;

    KeyDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Separates a value from those before it. */
    void next() {
        if (any) {
            mark(',');
        }
        any = true;
    }

    /** Adds a string, its escapes resolved. */
    void text(byte[] bytes, int start, int end) {
        sha256.update(bytes, start, end - start);
    }

    /** Adds a value as it is written, which has been validated and is no string: one pass, whatever its nesting. */
    void value(byte[] text, int start, int end) {
        int p = start;
        while (p < end) {
            byte c = text[p];
            switch (c) {
                case '{', '}', '[', ']' -> {
                    mark(c);
                    p++;
                }
                case ',', ':', ' ', '\t', '\n', '\r' -> p++;
                case '"' -> {
                    int close = Strings.end(text, p + 1, end);
                    mark(c);
                    escaped(text, p + 1, close);
                    p = close + 1;
                }
                default -> {
                    int close = Scalars.end(text, p, end);
                    scalar(text, p, close);
                    p = close;
                }
            }
        }
    }

    byte[] finish() {
        return sha256.digest();
    }

    private void escaped(byte[] text, int start, int end) {
        if (!Strings.escaped(text, start, end)) {
            text(text, start, end);
            return;
        }
        byte[] plain = new byte[end - start];
        text(plain, 0, Strings.unescape(text, start, end, plain, 0));
    }

    private void scalar(byte[] text, int start, int end) {
        if (Character.isLetter(text[start])) {
            mark(text[start]);
        } else if (DecimalSlice.isExact(text, start, end)) {
            mark('#');
            number.read(text, start, end);
            number.addTo(sha256);
        } else {
            mark('?');
            text(text, start, end);
        }
    }

    private void mark(int kind) {
        sha256.update(MARK);
        sha256.update((byte) kind);
    }
}
