package dev.sluice.benchmarks.filters;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Touches every byte of an array once. */
final class ByteSum {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ByteSum() {}

    static long of(byte[] bytes) {
        long sum = 0;
        int i = 0;
        for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
            sum += (long) LONG.get(bytes, i);
        }
        for (; i < bytes.length; i++) {
            sum += bytes[i];
        }
        return sum;
    }
}
