package dev.sluice.gateway;

import dev.sluice.config.settings.Connections;
import dev.sluice.config.settings.Settings;

import java.nio.file.Path;

/**
 * What a node is started with.
 *
 * @param connections the servers to work on, all of them answering
 * @param dataDirectory the real path of the data directory, which this process owns
 * @param httpEdge whether the node takes HTTP requests, or only executes
 */
public record NodeOptions(Settings settings, Connections connections, Path dataDirectory, boolean httpEdge) {}
