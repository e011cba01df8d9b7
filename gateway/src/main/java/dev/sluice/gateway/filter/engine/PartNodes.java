package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Scope;

/** Finds the node of a part of the request. */
@FunctionalInterface
interface PartNodes {
    PathNode.Builder of(Scope scope, String name);
}
