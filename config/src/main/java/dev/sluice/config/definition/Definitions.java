package dev.sluice.config.definition;

import dev.sluice.config.log.Outage;
import dev.sluice.config.postgres.Postgres;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.pubsub.PgSubscriber;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps the newest {@link Snapshot} in memory. The database announces every change of an organization, and this node
 * reads that organization again; after a lost connection it reads everything. Reading is serial, so a snapshot never
 * goes back in time.
 */
public final class Definitions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Definitions.class);
    private static final String CHANNEL = "sluice_definitions";
    private static final String EVERYTHING = "all";
    private static final long RECONNECT_MS = 500;

    private final Outage stale = new Outage(LOG, "definitions cannot be read again");
    private final DefinitionReader reader;
    private final PgSubscriber subscriber;
    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private volatile Snapshot snapshot = Snapshot.EMPTY;
    private Future<@Nullable Void> lastRefresh = Future.succeededFuture();

    /** Reads nothing yet. */
    public Definitions(Vertx vertx, Postgres postgres) {
        reader = new DefinitionReader(postgres);
        subscriber = PgSubscriber.subscriber(vertx, postgres.options());
        subscriber.reconnectPolicy(attempt -> RECONNECT_MS);
    }

    /** Subscribes and reads everything; the future completes with the first snapshot in place. */
    public Future<Void> start() {
        Promise<Void> subscribed = Promise.promise();
        subscriber.channel(CHANNEL)
                .subscribeHandler(again -> {
                    subscribed.tryComplete();
                    refresh(EVERYTHING);
                })
                .handler(this::refresh);
        return subscriber.connect().compose(connected -> subscribed.future()).compose(ready -> refreshAll());
    }

    /** The newest snapshot. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** Calls the listener with the present snapshot and with every later one, one at a time, in order. */
    public synchronized void onChange(Consumer<Snapshot> listener) {
        listeners.add(listener);
        listener.accept(snapshot);
    }

    /** Reads one organization now, so that whoever changed it finds the change on this node at once. */
    public Future<Void> refresh(UUID organizationId) {
        return enqueue(() -> read(List.of(organizationId)));
    }

    /** Reads every organization now. */
    public Future<Void> refreshAll() {
        return enqueue(() -> reader.organizations().compose(found -> {
            List<UUID> all = new ArrayList<>(found);
            snapshot.organizations().forEach(known -> {
                if (!found.contains(known.id())) {
                    all.add(known.id());
                }
            });
            return read(all);
        }));
    }

    @Override
    public void close() {
        subscriber.close().await();
    }

    private void refresh(String payload) {
        Future<Void> refreshed = payload.equals(EVERYTHING) ? refreshAll() : refresh(UUID.fromString(payload));
        refreshed.onSuccess(read -> stale.over()).onFailure(failure -> stale.failed("organization " + payload, failure));
    }

    @SuppressWarnings("NullAway") // a Future<Void> has no value but null
    private synchronized Future<Void> enqueue(Supplier<Future<Void>> work) {
        Future<Void> next = lastRefresh.transform(before -> work.get());
        lastRefresh = next;
        return next;
    }

    private Future<Void> read(List<UUID> ids) {
        Map<UUID, @Nullable Organization> changed = new HashMap<>();
        List<Future<?>> reads = new ArrayList<>();
        for (UUID id : ids) {
            reads.add(reader.organization(id).onSuccess(organization -> {
                synchronized (changed) {
                    changed.put(id, organization);
                }
            }));
        }
        return Future.all(reads).map(done -> {
            publish(snapshot.with(changed));
            return null;
        });
    }

    private synchronized void publish(Snapshot next) {
        snapshot = next;
        listeners.forEach(listener -> listener.accept(next));
    }
}
