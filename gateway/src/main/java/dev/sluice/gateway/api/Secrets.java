package dev.sluice.gateway.api;

import java.security.SecureRandom;

/** Makes keys and secrets that are shown once. */
public final class Secrets {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 43; // 256 bits
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** The prefix and 256 random bits. */
    public static String random(String prefix) {
        StringBuilder secret = new StringBuilder(prefix);
        for (int i = 0; i < LENGTH; i++) {
            secret.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return secret.toString();
    }
}
