package dev.sluice.config.definition;

/** A definition that its author has to correct. The message is safe to show and names the field. No stack trace. */
public final class InvalidDefinitionException extends RuntimeException {
    private final String field;
    private final String problem;

    /**
     * @param field path of the field at fault, such as {@code events_per_day.limit}
     * @param problem what is wrong and what is allowed
     */
    public InvalidDefinitionException(String field, String problem) {
        super(field + ": " + problem, null, false, false);
        this.field = field;
        this.problem = problem;
    }

    public String field() {
        return field;
    }

    public String problem() {
        return problem;
    }
}
