package dev.sluice.executor.sandbox.protocol;

/** Whether code can be saved as a workflow. */
public sealed interface CheckResult {

    /** It compiles; {@code javascript} is what to store and run, equal to the code given unless that was TypeScript. */
    record Valid(String javascript) implements CheckResult {}

    /**
     * It does not compile, or never could run as a workflow.
     *
     * @param line 1-based, 0 where no place can be named
     * @param column 1-based, 0 where no place can be named
     */
    record Invalid(String message, int line, int column) implements CheckResult {}

    /** No sandbox could answer (none ready, or it went away): worth trying again. */
    record Unavailable(String reason) implements CheckResult {}
}
