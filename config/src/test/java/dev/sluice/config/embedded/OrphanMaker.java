package dev.sluice.config.embedded;

import dev.sluice.config.datadirectory.DataDirectory;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process of its own that starts the servers, prints their ids in a line and waits to be killed. */
final class OrphanMaker {
    private OrphanMaker() {}

    public static void main(String[] arguments) throws Exception {
        DataDirectory directory = DataDirectory.open(Path.of(arguments[0]));
        EmbeddedServers servers = EmbeddedServers.start(
                directory, new EmbeddedOptions(true, true, Path.of(arguments[1])));
        System.out.println(servers.pids().get(0) + " " + servers.pids().get(1));
        new CountDownLatch(1).await();
    }
}
