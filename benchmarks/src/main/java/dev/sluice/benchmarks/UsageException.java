package dev.sluice.benchmarks;

/** The command line of a benchmark cannot be understood, or asks how it is written. */
public final class UsageException extends RuntimeException {
    private final boolean mistake;

    private UsageException(String message, boolean mistake) {
        super(message, null, false, false);
        this.mistake = mistake;
    }

    /** What is wrong, and how it is written. */
    public static UsageException wrong(String problem, String usage) {
        return new UsageException(problem + "; options: " + usage, true);
    }

    /** How it is written, because that was asked. */
    public static UsageException help(String usage) {
        return new UsageException("options: " + usage, false);
    }

    int exitCode() {
        return mistake ? 2 : 0;
    }
}
