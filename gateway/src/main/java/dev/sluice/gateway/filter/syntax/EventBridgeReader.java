package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Condition;

/** Patterns as Amazon EventBridge and its library event-ruler have them. */
final class EventBridgeReader {
    Condition read(Place place) throws FilterException {
        if (!place.isObject()) {
            throw place.refuse("a pattern must be an object");
        }
        throw place.refuse("EventBridge patterns are not read yet");
    }
}
