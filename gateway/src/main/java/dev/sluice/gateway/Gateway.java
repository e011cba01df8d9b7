package dev.sluice.gateway;

import java.util.Optional;

/** A node of the product. */
public final class Gateway implements RunningNode {
    private final NodeOptions options;

    private Gateway(NodeOptions options) {
        this.options = options;
    }

    /** Starts a node, see {@link NodeStarter}. */
    public static RunningNode start(NodeOptions options) {
        return new Gateway(options);
    }

    @Override
    public Optional<String> url() {
        return Optional.empty();
    }

    @Override
    public String welcome() {
        return "Sluice is ready. Data is kept in " + options.dataDirectory() + ".";
    }

    @Override
    public void close() {}
}
