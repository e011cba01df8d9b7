package dev.sluice.benchmarks.hostile;

import dev.sluice.benchmarks.hostile.check.Batch;
import dev.sluice.benchmarks.hostile.input.Shot;
import dev.sluice.benchmarks.hostile.wire.Answer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends the shots of batches from a fixed number of connections, and tells each shot's makers what was answered. */
final class Volley implements AutoCloseable {
    private final List<Gun> guns = new ArrayList<>();
    private final Lingering lingering;

    Volley(int workers, Gun.Context context) {
        lingering = new Lingering(context);
        for (int i = 0; i < workers; i++) {
            guns.add(new Gun(context, lingering));
        }
    }

    /** An answer with the request it is to. */
    record Told(int index, int part, Shot shot, Answer answer) {}

    /** Sends all of it; returns once everything has been answered or given up. */
    void fire(List<Shot> shots, Batch batch) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (Gun gun : guns) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = next.getAndIncrement(); i < shots.size(); i = next.getAndIncrement()) {
                    gun.fire(shots.get(i), i, batch, told);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        // In the order of the requests, so that what the next batch is made from does not depend on the answers' order.
        told.stream().sorted((a, b) -> a.index() != b.index() ? Integer.compare(a.index(), b.index()) : Integer.compare(a.part(), b.part()))
                .forEach(one -> one.shot().aims().get(one.part()).then().accept(one.answer()));
    }

    /** Waits until the server has ended all that is incomplete. */
    void awaitLingering() throws InterruptedException {
        lingering.await();
    }

    @Override
    public void close() {
        guns.forEach(Gun::close);
    }

    /** Where something was found, so that it can be sent again. */
    static String where(Batch batch, int index, Shot shot) {
        return "batch %d, request %d (%s)".formatted(batch.number(), index, shot.kind().label());
    }

}
