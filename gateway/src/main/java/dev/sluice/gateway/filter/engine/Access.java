package dev.sluice.gateway.filter.engine;

/**
 * A place where a route can be found from a value of the event.
 *
 * @param sufficient whether meeting the key is all that the route asks for
 */
record Access(PathNode.Builder node, AccessKey key, boolean sufficient) {
    Access necessaryOnly() {
        return sufficient ? new Access(node, key, false) : this;
    }
}
