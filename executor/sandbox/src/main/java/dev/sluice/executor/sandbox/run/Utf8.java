package dev.sluice.executor.sandbox.run;

import java.nio.charset.StandardCharsets;

/** Sizes of strings as they are sent. */
final class Utf8 {
    private static final int LONGEST_CHARACTER = 3;

    private Utf8() {}

    /** Whether the text takes more bytes than {@code most}; encodes it only where its length does not tell. */
    static boolean isLonger(String text, int most) {
        return text.length() > most
                || ((long) text.length() * LONGEST_CHARACTER > most && text.getBytes(StandardCharsets.UTF_8).length > most);
    }
}
