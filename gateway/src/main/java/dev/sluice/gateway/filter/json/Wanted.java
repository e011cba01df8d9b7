package dev.sluice.gateway.filter.json;

/** The members of an object that somebody wants, and who is told of their values. */
public interface Wanted {
    /** The names of all that are wanted, as {@link Names} has it; maybe more. */
    long names();

    /** Whether the member with a name is wanted. If so, what is told next is its value. */
    boolean wants(byte[] text, int start, int end);

    /** The value of the member last asked about is a string without escapes between these indices. */
    void string(int start, int end);

    /** It is a number, true, false or null. */
    void scalar(byte[] text, int start, int end);
}
