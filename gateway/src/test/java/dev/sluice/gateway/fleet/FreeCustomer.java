package dev.sluice.gateway.fleet;

import dev.sluice.gateway.running.Client;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A customer, and how it sends its events. */
public final class FreeCustomer {
    private static final int CLIENTS = 64;

    private final UUID id;
    private final String webhook;
    private final List<Client> gateways;
    private final Database database;

    FreeCustomer(UUID id, String webhook, List<Client> gateways, Database database) {
        this.id = id;
        this.webhook = webhook;
        this.gateways = gateways;
        this.database = database;
    }

    /** Its 64 clients begin to send. */
    public Crowd crowd() {
        return new Crowd(gateways, webhook, CLIENTS);
    }

    /** How far a gateway's clock is ahead of this machine's: event ids begin with the time, and the way there takes some. */
    public Duration clockAhead(int gateway) {
        long sentMillis = Instant.now().toEpochMilli();
        UUID event = UUID.fromString(gateways.get(gateway).event(webhook, "{}").expect(202).json().getString("eventId"));
        return Duration.ofMillis((event.getMostSignificantBits() >>> 16) - sentMillis);
    }

    /** Its events in the journal. */
    public long journalled() throws SQLException {
        return database.number("SELECT count(*) FROM events WHERE customer_id = ?", id);
    }
}
