package dev.sluice.config.settings;

import java.time.Duration;

/**
 * The dispatcher.
 *
 * @param drainGrace how long running executions may finish when the node is stopped
 * @param leaseTimeout how long a node may be silent before its executions go to others
 */
public record ExecutorSettings(Duration drainGrace, Duration leaseTimeout) {}
