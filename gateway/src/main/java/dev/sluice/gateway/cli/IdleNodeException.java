package dev.sluice.gateway.cli;

import dev.sluice.config.StartupException;

/** A node that would neither take requests nor execute anything. */
final class IdleNodeException extends StartupException {
    private static final long serialVersionUID = 1L;

    IdleNodeException() {
        super("sandbox.processes (SLUICE_SANDBOX_PROCESSES) is 0: a worker only executes, so it needs 1 or more; "
                + "a node that only takes requests is started with ./sluice", null);
    }
}
