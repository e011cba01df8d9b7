package dev.sluice.gateway.api;

/** One operation of the API; runs on a virtual thread and may block. */
@FunctionalInterface
interface Endpoint {
    /**
     * Does it.
     *
     * @throws dev.sluice.gateway.http.ProblemException with what the caller should read
     * @throws dev.sluice.config.json.InvalidFieldException if a field of the request is wrong
     */
    Reply handle(ApiCall call);
}
