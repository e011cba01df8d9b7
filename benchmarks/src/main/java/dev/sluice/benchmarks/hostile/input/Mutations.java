package dev.sluice.benchmarks.hostile.input;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes JSON texts: some stay JSON, some do not. */
final class Mutations {
    private static final List<byte[]> INVALID_UTF8 = List.of(
            new byte[] {(byte) 0xff}, new byte[] {(byte) 0xc0, (byte) 0x80}, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, new byte[] {(byte) 0xe2, (byte) 0x82}, new byte[] {0});

    private Mutations() {}

    /** The text with one scalar replaced by another: a value stays JSON, a name often does not. */
    static byte[] scalar(RandomGenerator random, byte[] json) {
        List<int[]> ranges = Scalars.of(json).ranges();
        if (ranges.isEmpty()) {
            return json;
        }
        int[] range = Pick.one(random, ranges);
        boolean text = json[range[0]] == '"';
        String other = text ? JsonTexts.string(random, OddTexts.next(random)) : JsonTexts.value(random, 0);
        return replace(json, range[0], range[1], Corpora.utf8(other));
    }

    /** The text with a few bytes changed, whatever they are. */
    static byte[] bytes(RandomGenerator random, byte[] json) {
        byte[] changed = json;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = changed.length == 0 ? 0 : random.nextInt(changed.length);
            int to = Math.min(changed.length, at + random.nextInt(4));
            changed = switch (random.nextInt(5)) {
                case 0 -> replace(changed, at, to, new byte[0]);
                case 1 -> replace(changed, at, at, Pick.one(random, INVALID_UTF8));
                case 2 -> replace(changed, at, to, new byte[] {(byte) random.nextInt(256)});
                case 3 -> replace(changed, at, at, Corpora.utf8(JsonTexts.value(random, 1)));
                default -> replace(changed, at, changed.length, new byte[0]);
            };
        }
        return changed;
    }

    private static byte[] replace(byte[] bytes, int from, int to, byte[] by) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream(bytes.length + by.length);
        changed.write(bytes, 0, from);
        changed.writeBytes(by);
        changed.write(bytes, to, bytes.length - to);
        return changed.toByteArray();
    }
}
