package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.HostReply;
import dev.sluice.executor.sandbox.protocol.Invocation;

import java.util.concurrent.CompletionStage;

/** What workflow code may ask of the trusted side. */
@FunctionalInterface
public interface HostServices {
    /**
     * Answers one call, on behalf of the tenant of {@code of} and nobody else. Called on a socket's reader thread: must
     * not block. A stage that fails reaches the workflow as an unspecific error; what its author should read is a
     * {@link HostReply.Refused}.
     */
    CompletionStage<HostReply> call(Invocation of, HostCall call);
}
