package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.IpAddress;
import dev.sluice.gateway.filter.ast.Predicate.Block;
import dev.sluice.gateway.filter.ast.Predicate.InNetwork;

import java.util.Arrays;

/** Membership of an address in one of some blocks. */
final class NetworkTest implements ValueTest {
    private static final int LONGEST = 64;

    private final byte[][] first;
    private final byte[][] last;

    NetworkTest(InNetwork network) {
        first = network.blocks().stream().map(block -> array(block, true)).toArray(byte[][]::new);
        last = network.blocks().stream().map(block -> array(block, false)).toArray(byte[][]::new);
    }

    private static byte[] array(Block block, boolean low) {
        byte[] bytes = new byte[IpAddress.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (low ? block.first() : block.last()).get(i);
        }
        return bytes;
    }

    @Override
    public boolean passes(Tape tape, int cell) {
        int length = tape.end(cell) - tape.start(cell);
        if (tape.kind(cell) != Kind.STRING || length > LONGEST) {
            return false;
        }
        byte[] address = tape.address;
        if (!IpAddress.parse(tape.bytes(cell), tape.start(cell), tape.end(cell), address)) {
            return false;
        }
        for (int i = 0; i < first.length; i++) {
            if (Arrays.compareUnsigned(address, first[i]) >= 0 && Arrays.compareUnsigned(address, last[i]) <= 0) {
                return true;
            }
        }
        return false;
    }
}
