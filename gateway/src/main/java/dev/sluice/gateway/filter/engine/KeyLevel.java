package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.ValuePath;

/**
 * A step of the way to an event's key.
 *
 * @param node the node of the step's name
 * @param element which element of an array is meant, or {@link ValuePath#EACH}
 */
record KeyLevel(int node, int element) {}
