package dev.sluice.gateway;

import dev.sluice.config.StartupException;

/** Builds a node on servers that already answer. */
@FunctionalInterface
public interface NodeStarter {
    /**
     * Returns when the node does its work: for a node with an HTTP edge, when it answers ready.
     *
     * @throws StartupException for a reason the operator has to deal with; nothing is left running
     * @throws InterruptedException if the process is told to stop meanwhile; nothing is left running
     */
    RunningNode start(NodeOptions options) throws StartupException, InterruptedException;
}
