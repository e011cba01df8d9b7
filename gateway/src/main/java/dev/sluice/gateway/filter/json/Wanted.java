package dev.sluice.gateway.filter.json;

/** The members of an object that somebody wants, each with a number, and who is told of their values. */
public interface Wanted {
    /** No member that is wanted. Every other number is not negative. */
    int NONE = -1;

    /** The names of all that are wanted, as {@link Names} has it; maybe more. */
    long names();

    /** The number of the member with a name, or {@link #NONE}. */
    int find(byte[] text, int start, int end);

    /** The value of a member is a string of ASCII without escapes between these indices. */
    void string(int member, int start, int end);

    /** It is a number, true, false or null. */
    void scalar(int member, byte[] text, int start, int end);

    /**
     * It is an object with a member at least. The members that are wanted are its from now on.
     *
     * @param at index of its opening brace
     * @param commas number of commas passed in the object that it is a member of
     */
    void open(int member, int at, int commas);

    /**
     * The object is complete. The members that are wanted are again those of the object that it is a member of.
     *
     * @param end index behind its closing brace
     * @param commas number of commas passed in it
     * @return false, and nothing is changed, if it is no member of an object
     */
    boolean close(int end, int commas);
}
