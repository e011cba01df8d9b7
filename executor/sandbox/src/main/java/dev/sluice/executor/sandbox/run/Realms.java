package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.js.JavaScript;
import dev.sluice.executor.sandbox.js.Realm;
import dev.sluice.executor.sandbox.protocol.ContextMode;
import dev.sluice.executor.sandbox.protocol.Invocation;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Realms at rest. A realm that has loaded code goes only to executions of the same tenant and the same workflow
 * version; spares that have loaded none are kept ready for the others, because making one costs more than most workflows.
 */
final class Realms {
    /** Who may share a realm. */
    private record Owner(UUID organizationId, @Nullable UUID customerId, UUID versionId) {
        static Owner of(Invocation invocation) {
            Invocation.Customer customer = invocation.tenant().customer();
            return new Owner(
                    invocation.tenant().organizationId(),
                    customer == null ? null : customer.id(),
                    invocation.workflow().versionId());
        }
    }

    private static final int SPARES = 4;

    private final JavaScript javascript;
    private final ContextMode mode;
    private final int most;
    private final Executor background;
    private final AtomicBoolean refilling = new AtomicBoolean();
    private final BlockingQueue<Realm> spares = new ArrayBlockingQueue<>(SPARES);

    /** Least recently used owner first. */
    private final Map<Owner, Deque<Realm>> warm = new LinkedHashMap<>(16, 0.75f, true);

    private int kept;

    Realms(JavaScript javascript, ContextMode mode, int most, Executor background) {
        this.javascript = javascript;
        this.mode = mode;
        this.most = most;
        this.background = background;
    }

    /** A realm for this invocation alone, until it is given back. */
    Realm take(Invocation invocation) {
        Realm realm = mode == ContextMode.WARM ? takeWarm(Owner.of(invocation)) : null;
        if (realm == null) {
            realm = spares.poll();
            if (refilling.compareAndSet(false, true)) {
                background.execute(this::refill);
            }
        }
        return realm == null ? javascript.realm() : realm;
    }

    /** Takes back a realm that was reset and in which nothing of the execution lingers. */
    void giveBack(Invocation invocation, Realm realm) {
        if (mode == ContextMode.FRESH || most == 0 || !realm.loaded()) {
            realm.close();
            return;
        }
        keep(Owner.of(invocation), realm).forEach(Realm::close);
    }

    /** Makes spares, until there are enough. */
    void refill() {
        refilling.set(false);
        while (spares.remainingCapacity() > 0) {
            Realm realm = javascript.realm();
            if (!spares.offer(realm)) {
                realm.close();
            }
        }
    }

    /** Lets go of all realms at rest, when memory is short. */
    void drop() {
        List<Realm> victims = new ArrayList<>();
        synchronized (warm) {
            warm.values().forEach(victims::addAll);
            warm.clear();
            kept = 0;
        }
        victims.forEach(victim -> background.execute(victim::close));
    }

    private @Nullable Realm takeWarm(Owner owner) {
        synchronized (warm) {
            Deque<Realm> idle = warm.get(owner);
            if (idle == null) {
                return null;
            }
            Realm realm = idle.pop();
            kept--;
            if (idle.isEmpty()) {
                warm.remove(owner);
            }
            return realm;
        }
    }

    private List<Realm> keep(Owner owner, Realm realm) {
        List<Realm> victims = new ArrayList<>();
        synchronized (warm) {
            warm.computeIfAbsent(owner, _ -> new ArrayDeque<>()).push(realm);
            kept++;
            while (kept > most) {
                Map.Entry<Owner, Deque<Realm>> eldest = warm.entrySet().iterator().next();
                victims.add(eldest.getValue().removeLast());
                kept--;
                if (eldest.getValue().isEmpty()) {
                    warm.remove(eldest.getKey());
                }
            }
        }
        return victims;
    }
}
