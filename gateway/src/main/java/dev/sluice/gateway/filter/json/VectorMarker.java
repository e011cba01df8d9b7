package dev.sluice.gateway.filter.json;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Marks as many bytes with an instruction as the processor's vectors hold. Needs the module {@code jdk.incubator.vector},
 * and a compiler that knows it: without, each vector is an object and marking some twenty times slower.
 */
final class VectorMarker implements Marker {
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
    private static final int WIDE = 32;
    private static final int LONGEST = 16_384;

    /**
     * Whether this is faster than plain loops: the processor's vectors are wide, and the JVM says nothing of another
     * compiler than HotSpot's C2, or of none.
     */
    static boolean isFast() {
        String mode = property("java.vm.info");
        return BYTES.length() >= WIDE && BYTES.length() <= Long.SIZE
                && property("java.vm.name").contains("Server VM") && !property("java.vm.version").contains("jvmci")
                && mode.startsWith("mixed mode") && !mode.contains("emulated-client");
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }

    @Override
    public int longest() {
        return LONGEST;
    }

    @Override
    public void mark(byte[] text, int from, int length, long[] words) {
        int whole = length / Long.SIZE;
        for (int i = 0; i < whole; i++) {
            words[i] = word(text, from + i * Long.SIZE);
        }
        int rest = length % Long.SIZE;
        if (rest > 0) {
            words[whole] = word(text, from + length - Long.SIZE) >>> (Long.SIZE - rest);
        }
    }

    private static long word(byte[] text, int at) {
        long word = 0;
        for (int i = 0; i < Long.SIZE; i += BYTES.length()) {
            ByteVector bytes = ByteVector.fromArray(BYTES, text, at + i);
            // Flipping bit 1 moves the quote (0x22) next to the controls; what is not ASCII is negative.
            word |= bytes.lanewise(VectorOperators.XOR, (byte) 2).lt((byte) 0x21).or(bytes.eq((byte) '\\')).toLong() << i;
        }
        return word;
    }
}
