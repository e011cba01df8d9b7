package dev.sluice.gateway.http;

/** Gets a request's body or learns why there is none. Exactly one of the methods is called, once, on the event loop. */
public interface BodyReceiver {
    /** The body has arrived. The receiver releases it. */
    void received(Body body);

    /** The body will not come, and nothing of it is held. */
    void failed(BodyFailure failure);
}
