package dev.sluice.benchmarks.hostile.input;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/** The newest of what there is, up to so many. */
public final class Recent<T> {
    private final Deque<T> items = new ArrayDeque<>();
    private final int most;

    Recent(int most) {
        this.most = most;
    }

    /** Adds one; answers the one that has to go for it, or null. */
    public @Nullable T add(T item) {
        items.addLast(item);
        return items.size() > most ? items.removeFirst() : null;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    int size() {
        return items.size();
    }

    T any(RandomGenerator random) {
        return Pick.one(random, List.copyOf(items));
    }

    /** Takes the oldest out. */
    T takeOldest() {
        return items.removeFirst();
    }

    /** All of them, oldest first. */
    public List<T> all() {
        return List.copyOf(items);
    }
}
