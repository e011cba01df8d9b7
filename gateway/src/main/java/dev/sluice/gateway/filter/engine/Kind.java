package dev.sluice.gateway.filter.engine;

/** What a noted value is. */
final class Kind {
    static final int MISSING = 0;
    static final int NULL = 1;
    static final int FALSE = 2;
    static final int TRUE = 3;
    static final int NUMBER = 4;
    static final int STRING = 5;
    static final int OBJECT = 6;
    static final int ARRAY = 7;

    private Kind() {}

    /** The kind of a valid scalar that is no string, by its first byte. */
    static int ofScalar(byte first) {
        return switch (first) {
            case 't' -> TRUE;
            case 'f' -> FALSE;
            case 'n' -> NULL;
            default -> NUMBER;
        };
    }
}
