package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.protocol.Outcome;

/** How an execution ends, before its measurements are known. */
@FunctionalInterface
interface Ending {
    Outcome.Ended outcome(Outcome.Run run);

    static Ending failed(String name, String message) {
        return run -> new Outcome.Failed(new Outcome.WorkflowError(name, message, null), run);
    }

    static Ending timedOut(String message) {
        return run -> new Outcome.TimedOut(new Outcome.WorkflowError("TimeoutError", message, null), run);
    }

    static Ending cancelled() {
        return Outcome.Cancelled::new;
    }
}
