package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.js.RealmHost;
import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.Limits;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Host calls of one execution whose answer the workflow has not seen, bounded in number and in memory. */
final class PendingCalls {
    /** Of the largest result: how much may be on its way at a time. */
    private static final int LARGEST = 8;

    private final Limits limits;
    private final Map<Integer, Integer> sizes = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();
    private final AtomicLong characters = new AtomicLong();

    PendingCalls(Limits limits) {
        this.limits = limits;
    }

    /** The number of a new call, or {@link RealmHost#REFUSED}. Called on the execution's turn. */
    int begin(HostCall call) {
        int size = size(call);
        if (sizes.size() >= limits.pendingHostCalls()
                || (!sizes.isEmpty() && characters.get() + size > (long) LARGEST * limits.outputBytes())) {
            return RealmHost.REFUSED;
        }
        int id = last.incrementAndGet();
        sizes.put(id, size);
        characters.addAndGet(size);
        return id;
    }

    /** Whether the call was pending; it is not any more. */
    boolean end(int id) {
        Integer size = sizes.remove(id);
        if (size != null) {
            characters.addAndGet(-size);
        }
        return size != null;
    }

    boolean isEmpty() {
        return sizes.isEmpty();
    }

    private static int size(HostCall call) {
        return switch (call) {
            case HostCall.StateGet get -> get.key().length();
            case HostCall.StateSet set -> set.key().length() + set.valueJson().length();
            case HostCall.StateDelete delete -> delete.key().length();
        };
    }
}
