package dev.sluice.config.embedded;

import java.io.IOException;

/** One kind of embedded server: how it is started on its data and how it is asked to stop. */
interface EmbeddedServer {
    /** The name operators know it by. */
    String name();

    /**
     * Stops what an earlier start left behind, prepares the data if there is none, starts the server and waits until it
     * answers.
     */
    RunningServer start() throws EmbeddedServerException, IOException, InterruptedException;
}
