package dev.sluice.gateway.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** What a crowd was answered, counted as the answers come in. */
public final class Tally {
    private final List<GatewayTally> gateways;
    private final NavigableMap<Long, Integer> admittedByWindow = new TreeMap<>();
    private final NavigableMap<Long, Integer> admittedByMinute = new TreeMap<>();
    private final List<Throwable> failures = new ArrayList<>();

    Tally(int gateways) {
        this.gateways = IntStream.range(0, gateways).mapToObj(i -> new GatewayTally()).toList();
    }

    /** @param sentMinute the minute of the clock in which the event was sent, and the one in which it was answered */
    synchronized void add(int gateway, Decision decision, long sentMinute, long answeredMinute) {
        gateways.get(gateway).add(decision);
        admittedByWindow.merge(decision.window(), decision.admitted() ? 1 : 0, Integer::sum);
        if (decision.admitted() && sentMinute == answeredMinute) {
            admittedByMinute.merge(sentMinute, 1, Integer::sum);
        }
    }

    synchronized void failed(Throwable failure) {
        failures.add(failure);
    }

    /** Events without an answer, or with another one than 202 or 429. */
    public synchronized List<Throwable> failures() {
        return List.copyOf(failures);
    }

    public synchronized int admitted() {
        return sum(GatewayTally::admitted);
    }

    /** Of these, what gateways admitted on their own. */
    public synchronized int admittedAlone() {
        return sum(GatewayTally::admittedAlone);
    }

    /** Admitted in each window, named by its reset, as the answers say. */
    public synchronized NavigableMap<Long, Integer> admittedByWindow() {
        return new TreeMap<>(admittedByWindow);
    }

    /** Sent and answered with 202 within one minute of the clock. */
    public synchronized NavigableMap<Long, Integer> admittedByMinute() {
        return new TreeMap<>(admittedByMinute);
    }

    /** Whether a gateway has refused so many events in a row by the shared counts. */
    public synchronized boolean refusedBy(int gateway, int times) {
        return gateways.get(gateway).exactRefusalsInARow() >= times;
    }

    /** Whether all gateways have. */
    public synchronized boolean refusedByAll(int times) {
        return gateways.stream().allMatch(gateway -> gateway.exactRefusalsInARow() >= times);
    }

    /** Whether every gateway had to decide on its own for a while. */
    public synchronized boolean allWereAlone() {
        return gateways.stream().allMatch(GatewayTally::wasAlone);
    }

    /**
     * The difference between what was counted and what the gateway that knew least had heard of it when it had to decide
     * on its own. To be asked for while all gateways do so.
     */
    public synchronized long unheard() {
        return max(GatewayTally::heard) - gateways.stream().mapToLong(GatewayTally::heardBeforeAlone).min().orElse(0);
    }

    private int sum(ToIntFunction<GatewayTally> part) {
        return gateways.stream().mapToInt(part).sum();
    }

    private long max(ToLongFunction<GatewayTally> part) {
        return gateways.stream().mapToLong(part).max().orElse(0);
    }
}
