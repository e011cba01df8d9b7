package dev.sluice.benchmarks.hostile.check;

import dev.sluice.benchmarks.hostile.input.Attacker;
import dev.sluice.benchmarks.hostile.wire.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What a customer is said to have used today is what the journal has of it today, and that is what was acknowledged. */
public final class QuotaCheck implements Check {
    /** Admissions that were taken ahead go back within a second. */
    private static final Duration SETTLED = Duration.ofSeconds(4);

    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final int UUID_TIME_SHIFT = 16;

    private final Attacker attacker;
    private final ApiClient api;
    /** Events acknowledged, by customer and day. */
    private final Map<String, Long> acknowledged = new HashMap<>();
    /** Requests that may have been committed though no answer came, by customer. */
    private final Map<String, Long> unanswered = new HashMap<>();
    /** By how much used and committed differ, as was reported before, by customer. */
    private final Map<String, Long> reported = new HashMap<>();

    /** The check of one attacker's customers. */
    public QuotaCheck(Attacker attacker, ApiClient api) {
        this.attacker = attacker;
        this.api = api;
    }

    /** An event was sent and not answered: it may have been committed or not. */
    public synchronized void unanswered(String customer) {
        unanswered.merge(customer, 1L, Long::sum);
    }

    @Override
    public void check(Batch batch, Findings findings) throws IOException, InterruptedException {
        JsonObject now = usage(attacker.customers().getFirst());
        ZoneId zone = ZoneId.of(now.getString("timeZone"));
        for (Accepted event : batch.accepted()) {
            String customer = event.hook().customer();
            if (event.hook().tenant() == attacker.tenant() && customer != null) {
                acknowledged.merge(customer + day(event.event(), zone), 1L, Long::sum);
            }
        }
        long deadline = System.nanoTime() + SETTLED.toNanos();
        for (String customer : attacker.customers()) {
            check(customer, zone, deadline, batch, findings);
        }
    }

    private void check(String customer, ZoneId zone, long deadline, Batch batch, Findings findings) throws IOException, InterruptedException {
        while (true) {
            LocalDate today = LocalDate.now(zone);
            Counts counts = counts(customer, today);
            if (counts.holds(reported.getOrDefault(customer, 0L)) || !LocalDate.now(zone).equals(today)) {
                return;
            }
            if (System.nanoTime() > deadline) {
                findings.add(Invariant.QUOTA, "used, committed and acknowledged differ", customer + ": " + counts, "batch " + batch.number());
                // What was said once is not said after every batch.
                reported.put(customer, counts.used() - counts.committed());
                acknowledged.put(customer + today, counts.committed());
                return;
            }
            Thread.sleep(PERIOD);
        }
    }

    private record Counts(long used, long committed, long acknowledged, long unanswered) {
        boolean holds(long difference) {
            return (used == committed || used == committed + difference) && committed >= acknowledged && committed <= acknowledged + unanswered;
        }
    }

    private Counts counts(String customer, LocalDate today) throws IOException, InterruptedException {
        JsonObject usage = usage(customer);
        return new Counts(used(usage), committed(usage, today), acknowledged.getOrDefault(customer + today, 0L), maybe(customer));
    }

    private synchronized long maybe(String customer) {
        return unanswered.getOrDefault(customer, 0L);
    }

    private JsonObject usage(String customer) throws IOException, InterruptedException {
        Answer answer = api.get("/billing/usage?customerId=" + customer);
        if (answer.status() != 200) {
            throw new IOException("/billing/usage answered " + answer.status() + ": " + answer.text());
        }
        return new JsonObject(answer.text());
    }

    private static long used(JsonObject usage) {
        JsonArray lines = usage.getJsonArray("now");
        for (int i = 0; i < lines.size(); i++) {
            JsonObject line = lines.getJsonObject(i);
            if (line.getString("dimension").equals("events_per_day") && line.getString("scope").equals("customer")) {
                return line.getLong("used");
            }
        }
        return -1;
    }

    private static long committed(JsonObject usage, LocalDate today) {
        long events = 0;
        JsonArray days = usage.getJsonArray("days");
        for (int i = 0; i < days.size(); i++) {
            JsonObject day = days.getJsonObject(i);
            events += day.getString("day").equals(today.toString()) ? day.getLong("events") : 0;
        }
        return events;
    }

    /** The id of an event tells its time. */
    private static LocalDate day(String event, ZoneId zone) {
        long millis = UUID.fromString(event).getMostSignificantBits() >>> UUID_TIME_SHIFT;
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone);
    }
}
