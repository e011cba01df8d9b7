package dev.sluice.gateway.http;

/** A request's whole body. Its memory counts against the node's {@link BodyBudget} until it is released. */
public interface Body {
    /** The bytes, in an array of their number. */
    byte[] bytes();

    /** Ends the counting; does nothing the second time. */
    void release();
}
