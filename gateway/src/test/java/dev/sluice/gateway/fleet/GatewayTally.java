package dev.sluice.gateway.fleet;

/** What one gateway decided. Not thread-safe: the {@link Tally} guards it. */
final class GatewayTally {
    private int admitted;
    private int admittedAlone;
    private int exactRefusalsInARow;
    private boolean wasAlone;
    private long heard;
    private long heardBeforeAlone;

    void add(Decision decision) {
        boolean exact = decision.exact();
        exactRefusalsInARow = exact && !decision.admitted() ? exactRefusalsInARow + 1 : 0;
        admitted += decision.admitted() ? 1 : 0;
        admittedAlone += decision.admitted() && !exact ? 1 : 0;
        if (exact) {
            heard = Math.max(heard, decision.used());
        } else if (!wasAlone) {
            wasAlone = true;
            heardBeforeAlone = heard;
        }
    }

    int admitted() {
        return admitted;
    }

    /** Admitted without asking the shared counts. */
    int admittedAlone() {
        return admittedAlone;
    }

    /** Refusals by the shared counts since anything else came. */
    int exactRefusalsInARow() {
        return exactRefusalsInARow;
    }

    /** Whether it ever decided on its own. */
    boolean wasAlone() {
        return wasAlone;
    }

    /** The highest shared count that it told of. */
    long heard() {
        return heard;
    }

    /** The highest shared count that it told of before it first decided on its own, if it did: at most what it knew then. */
    long heardBeforeAlone() {
        return wasAlone ? heardBeforeAlone : heard;
    }
}
