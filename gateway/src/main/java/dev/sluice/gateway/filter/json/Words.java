package dev.sluice.gateway.filter.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian words read straight out of a byte array, and the bit tricks on eight bytes at a time. */
public final class Words {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** The top bit of every byte. */
    static final long TOP = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;
    private static final long TWOS = 0x0202020202020202L;
    private static final long FIRST_PLAIN = 0x2121212121212121L;
    private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;

    private static final long FROM_A = 0x3f3f3f3f3f3f3f3fL; // 0x80 - 'A'
    private static final long BEYOND_Z = 0x2525252525252525L; // 0x80 - ('Z' + 1)

    private Words() {}

    /** Eight bytes from {@code at}, the first in the lowest bits. */
    public static long longAt(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /** Four bytes from {@code at}, the first in the lowest bits. */
    public static int intAt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    /** The first eight bytes of a slice, or all that it has, zero-filled. Without branches, unless the array ends there. */
    public static long first(byte[] bytes, int start, int end) {
        if (start > bytes.length - Long.BYTES) {
            return few(bytes, start, end);
        }
        return longAt(bytes, start) & within(end - start);
    }

    /** The last eight bytes of a slice, or all that it has, as {@link #first} has them. */
    public static long last(byte[] bytes, int start, int end) {
        if (start > bytes.length - Long.BYTES) {
            return few(bytes, start, end);
        }
        int length = end - start;
        return longAt(bytes, start + Math.max(0, length - Long.BYTES)) & within(length);
    }

    /** The bytes of a word that belong to a slice with a length. */
    private static long within(int length) {
        int half = Math.min(length, Long.BYTES) * (Byte.SIZE / 2);
        return ~(-1L << half << half);
    }

    private static long few(byte[] bytes, int start, int end) {
        long word = 0;
        for (int i = start; i < end; i++) {
            word |= (bytes[i] & 0xffL) << (Byte.SIZE * (i - start));
        }
        return word;
    }

    /** The last four bytes of a slice, or as many as it has, the last in the highest bits. */
    public static int suffix(byte[] bytes, int start, int end) {
        if (end - start >= Integer.BYTES) {
            return intAt(bytes, end - Integer.BYTES);
        }
        int word = 0;
        for (int i = Math.max(start, end - Integer.BYTES); i < end; i++) {
            word = word >>> 8 | (bytes[i] & 0xff) << 24;
        }
        return word;
    }

    /**
     * Top bits set at bytes that end the plain part of a JSON string: quote, backslash, control, not ASCII. Exact for
     * the lowest such byte; higher ones may be marked wrongly, because a subtraction can borrow from its neighbour.
     *
     * <p>Flipping bit 1 moves the quote (0x22) next to the controls, so that one subtraction finds both.
     */
    static long special(long word) {
        return (((word ^ TWOS) - FIRST_PLAIN) | ((word ^ BACKSLASHES) - ONES) | word) & TOP;
    }

    /** Whether one of eight bytes is a backslash. */
    static boolean hasBackslash(long word) {
        long zeroed = word ^ BACKSLASHES;
        return ((zeroed - ONES) & ~zeroed & TOP) != 0;
    }

    /** Whether eight bytes are all ASCII. */
    public static boolean isAscii(long word) {
        return (word & TOP) == 0;
    }

    /** Writes eight bytes of ASCII, upper case letters as lower case. */
    public static void putLowerCase(long word, byte[] into, int to) {
        // A byte's top bit is set by the first sum from 'A' on and by the second beyond 'Z'.
        long upper = (word + FROM_A) & ~(word + BEYOND_Z) & TOP;
        LONG.set(into, to, word | upper >>> 2);
    }

    /** Number of bytes before the first marked one; 8 when none is marked. */
    static int plain(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }
}
