package dev.sluice.benchmarks.hostile;

import dev.sluice.benchmarks.UsageException;
import dev.sluice.benchmarks.hostile.check.Bounds;
import dev.sluice.benchmarks.hostile.wire.Tampering;

import java.util.List;

/**
 * How a campaign is run.
 *
 * @param requests how many are sent at least
 * @param seed the same makes the same requests
 * @param batch requests between two checks
 * @param workers connections that send at a time
 * @param usualCalls calls of the good tenant that say what is usual
 * @param heap whether the heap is collected and compared, which takes a long campaign
 * @param hogs whether workflows are made that run until a limit stops them, 5 s each
 * @param lingering whether some requests are never completed
 * @param tampering changes answers on their way back; none but for a control
 */
record CampaignOptions(long requests, long seed, int batch, int workers, int usualCalls, boolean heap, boolean hogs, boolean lingering,
        Bounds bounds, Tampering tampering) {
    static final String USAGE = "[requests, 1000000 unless said otherwise] [seed, drawn unless given]";
    private static final long STANDARD_REQUESTS = 1_000_000;
    private static final int STANDARD_BATCH = 4_000;
    private static final int STANDARD_WORKERS = 24;
    private static final int STANDARD_CALLS = 400;

    /** Reads the command line. */
    static CampaignOptions parse(List<String> arguments) {
        if (arguments.contains("--help")) {
            throw UsageException.help(USAGE);
        }
        if (arguments.size() > 2) {
            throw UsageException.wrong("there are more than two arguments", USAGE);
        }
        long requests = arguments.isEmpty() ? STANDARD_REQUESTS : number(arguments.getFirst());
        long seed = arguments.size() < 2 ? System.nanoTime() & Integer.MAX_VALUE : number(arguments.get(1));
        return new CampaignOptions(requests, seed, (int) Math.min(STANDARD_BATCH, Math.max(500, requests / 10)), STANDARD_WORKERS, STANDARD_CALLS,
                true, true, true, Bounds.STANDARD, Tampering.NONE);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw UsageException.wrong("'" + text + "' is not a number", USAGE);
        }
    }
}
