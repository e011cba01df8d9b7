package dev.sluice.executor.sandbox.protocol;

/** Constants of the framing: four bytes of length, one byte of kind, then the fields. */
final class Frames {
    /** Both sides must agree; a sandbox of another version is refused in the handshake. */
    static final int VERSION = 2;

    /** Largest frame, length field excluded. A longer one ends the connection. */
    static final int MAX_BYTES = 16 << 20;

    private Frames() {}
}
