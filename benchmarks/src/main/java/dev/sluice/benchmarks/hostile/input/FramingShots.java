package dev.sluice.benchmarks.hostile.input;

import dev.sluice.benchmarks.hostile.input.Shot.After;
import dev.sluice.benchmarks.hostile.input.Shot.Part;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Events that arrive in pieces: in chunks, in drips, several at once, or not to their end. */
final class FramingShots {
    private static final List<String> MALFORMED = List.of("zz\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n", "0x2\r\n{}\r\n0\r\n\r\n", "fffffffffffffffff\r\n{}\r\n",
            "2 2\r\n{}\r\n0\r\n\r\n", "\r\n{}\r\n0\r\n\r\n", "\u0000\r\n\r\n");
    private static final int MAX_DRIPS = 20;
    private static final int DRIP_MILLIS = 20;

    private final Bodies bodies;

    FramingShots(Bodies bodies) {
        this.bodies = bodies;
    }

    Shot chunked(RandomGenerator random, Hook hook) {
        if (Pick.onceIn(random, 4)) {
            byte[] bytes = EventRequests.head(random, hook, "", new byte[0]).header("Transfer-Encoding", "chunked")
                    .followedBy(Corpora.utf8(Pick.one(random, MALFORMED)));
            return Shot.of(Kind.CHUNKS, bytes, Aim.at(hook, Corpora.utf8("{}"))).after(After.CLOSE);
        }
        byte[] body = bodies.json(random);
        byte[] bytes = EventRequests.head(random, hook, "", body).header("Transfer-Encoding", "chunked").followedBy(chunks(random, body));
        return Shot.of(Kind.CHUNKS, bytes, Aim.at(hook, body)).after(Pick.onceIn(random, 4) ? After.CLOSE : After.KEEP);
    }

    private static byte[] chunks(RandomGenerator random, byte[] body) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; ) {
            int size = Math.min(body.length - at, 1 + random.nextInt(Pick.onceIn(random, 3) ? 16 : 8192));
            String length = Integer.toHexString(size);
            chunks.writeBytes(Corpora.utf8(switch (random.nextInt(5)) {
                case 0 -> length.toUpperCase(Locale.ROOT);
                case 1 -> "0000" + length;
                case 2 -> length + ";a=b;c=\"d\"";
                default -> length;
            } + "\r\n"));
            chunks.write(body, at, size);
            chunks.writeBytes(Corpora.utf8("\r\n"));
            at += size;
        }
        chunks.writeBytes(Corpora.utf8(Pick.one(random, List.of("0\r\n\r\n", "0\r\n\r\n", "000;x\r\n\r\n", "0\r\nX-Trailer: 1\r\n\r\n"))));
        return chunks.toByteArray();
    }

    /** All there, but slowly. */
    Shot slow(RandomGenerator random, Hook hook) {
        byte[] body = bodies.json(random);
        byte[] bytes = EventRequests.head(random, hook, "", body).with(body);
        int drips = 2 + random.nextInt(MAX_DRIPS);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < drips; i++) {
            parts.add(new Part(Arrays.copyOfRange(bytes, bytes.length * i / drips, bytes.length * (i + 1) / drips),
                    i == drips - 1 ? 0 : random.nextInt(DRIP_MILLIS)));
        }
        return new Shot(Kind.SLOW, parts, List.of(Aim.at(hook, body)), After.KEEP);
    }

    /** Begun, and never finished: no event can come of it. */
    Shot cut(RandomGenerator random, Hook hook) {
        return new Shot(Kind.CUT, List.of(new Part(incomplete(random, hook), random.nextInt(5))), List.of(), After.CUT);
    }

    Shot lingering(RandomGenerator random, Hook hook) {
        return new Shot(Kind.LINGERING, List.of(new Part(incomplete(random, hook), 0)), List.of(), After.LINGER);
    }

    private byte[] incomplete(RandomGenerator random, Hook hook) {
        byte[] body = bodies.json(random);
        Request head = EventRequests.head(random, hook, "", body);
        return switch (random.nextInt(5)) {
            case 0 -> head.unfinished();
            case 1 -> head.header("Content-Length", "100").followedBy(Corpora.utf8("{\"half\":"));
            case 2 -> head.header("Content-Length", "1048576").alone();
            case 3 -> head.header("Transfer-Encoding", "chunked").followedBy(Corpora.utf8("8\r\n{\"half\":\r\n"));
            default -> head.header("Content-Length", Integer.toString(body.length + 1)).followedBy(body);
        };
    }

    /** Several in one write; answers must come in their order. */
    Shot pipelined(RandomGenerator random, List<Hook> hooks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<Aim> aims = new ArrayList<>();
        for (int i = 2 + random.nextInt(7); i > 0; i--) {
            Hook hook = Pick.one(random, hooks);
            byte[] body = Pick.onceIn(random, 4) ? bodies.hostile(random) : bodies.json(random);
            all.writeBytes(EventRequests.head(random, hook, "", body).with(body));
            aims.add(Aim.at(hook, body));
        }
        return new Shot(Kind.PIPELINED, List.of(new Part(all.toByteArray(), 0)), aims, After.KEEP);
    }
}
