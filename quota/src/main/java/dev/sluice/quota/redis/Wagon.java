package dev.sluice.quota.redis;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Carries blocks to Redis, those of several organizations in one call where they may share one: on a single server, but
 * not on a cluster, where each has a slot of its own. A call leaves at once unless two are under way; then what comes
 * waits for one to return and travels together.
 */
final class Wagon {
    private static final int UNDER_WAY = 2;
    private static final int OPERATIONS_PER_CALL = 256;

    private record Passenger(Block block, CompletableFuture<Reply> reply) {}

    private final RedisLink link;
    private final boolean shared;
    private final Deque<Passenger> waiting = new ArrayDeque<>();
    private int underWay;

    Wagon(RedisLink link, boolean shared) {
        this.link = link;
        this.shared = shared;
    }

    /** Sends a completed block; the stage gets its reply, or fails. */
    CompletionStage<Reply> send(Block block) {
        Passenger passenger = new Passenger(block, new CompletableFuture<>());
        if (!shared) {
            call(List.of(passenger));
            return passenger.reply();
        }
        synchronized (this) {
            if (underWay == UNDER_WAY) {
                waiting.add(passenger);
                return passenger.reply();
            }
            underWay++;
        }
        call(List.of(passenger));
        return passenger.reply();
    }

    private void call(List<Passenger> passengers) {
        List<byte[]> keys = new ArrayList<>(2 * passengers.size());
        int length = 0;
        for (Passenger passenger : passengers) {
            keys.addAll(passenger.block().keys());
            length += passenger.block().length();
        }
        ByteBuffer argument = ByteBuffer.allocate(length);
        for (Passenger passenger : passengers) {
            passenger.block().appendTo(argument);
        }
        link.call(Script.COUNT, keys.toArray(byte[][]::new), argument.array()).whenComplete((replies, failure) -> {
            next();
            for (int i = 0; i < passengers.size(); i++) {
                CompletableFuture<Reply> reply = passengers.get(i).reply();
                if (failure == null) {
                    reply.complete(new Reply((byte[]) replies.get(i)));
                } else {
                    reply.completeExceptionally(failure);
                }
            }
        });
    }

    private void next() {
        if (!shared) {
            return;
        }
        List<Passenger> passengers = new ArrayList<>();
        synchronized (this) {
            int operations = 0;
            for (Passenger first = waiting.peek();
                    first != null && (operations == 0
                            || operations + first.block().operations() <= OPERATIONS_PER_CALL);
                    first = waiting.peek()) {
                passengers.add(waiting.remove());
                operations += first.block().operations();
            }
            if (passengers.isEmpty()) {
                underWay--;
                return;
            }
        }
        call(passengers);
    }
}
