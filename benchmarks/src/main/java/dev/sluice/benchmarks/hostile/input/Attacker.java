package dev.sluice.benchmarks.hostile.input;

import java.util.List;

/** An organization that attacks: its key, what it was given at first, and what it has made since. */
public final class Attacker {
    private static final int MANY = 40;

    private final int tenant;
    private final String key;
    private final List<String> customers;
    private final List<Hook> hooks;
    private final List<Program> programs;
    private final Recent<Hook> ownHooks = new Recent<>(Integer.MAX_VALUE);
    private final Recent<Program> ownPrograms = new Recent<>(Integer.MAX_VALUE);
    private final Recent<Program> hogs = new Recent<>(Integer.MAX_VALUE);
    private final Recent<Program> retiredPrograms = new Recent<>(Integer.MAX_VALUE);
    private final Recent<String> ownCustomers = new Recent<>(Integer.MAX_VALUE);
    private final Recent<String> events = new Recent<>(MANY);
    private final Recent<String> executions = new Recent<>(MANY);
    private final Recent<String> deadLetters = new Recent<>(MANY);
    private int names;

    /**
     * One that has made nothing yet.
     *
     * @param customers ids of its customers, all of which have limits
     * @param hooks that are never changed
     * @param programs deployed workflows that are never changed
     */
    public Attacker(int tenant, String key, List<String> customers, List<Hook> hooks, List<Program> programs) {
        this.tenant = tenant;
        this.key = key;
        this.customers = List.copyOf(customers);
        this.hooks = List.copyOf(hooks);
        this.programs = List.copyOf(programs);
    }

    /** Which one. */
    public int tenant() {
        return tenant;
    }

    /** Its live API key. */
    public String key() {
        return key;
    }

    /** Ids of the customers whose counts are checked. */
    public List<String> customers() {
        return customers;
    }

    List<Hook> hooks() {
        return hooks;
    }

    List<Program> programs() {
        return programs;
    }

    /** Webhooks it has made and not deleted, oldest first. */
    public Recent<Hook> ownHooks() {
        return ownHooks;
    }

    /** Workflows it has made and not deleted, oldest first. */
    public Recent<Program> ownPrograms() {
        return ownPrograms;
    }

    /** Workflows that run until a limit stops them: each is run once. */
    Recent<Program> hogs() {
        return hogs;
    }

    /** Workflows that it gives no more routes, to be deleted once no webhook has one to them. */
    Recent<Program> retiredPrograms() {
        return retiredPrograms;
    }

    /** Ids of customers it has made and not deleted. */
    public Recent<String> ownCustomers() {
        return ownCustomers;
    }

    /** Ids of events that were accepted. */
    public Recent<String> events() {
        return events;
    }

    /** Ids of executions that were accepted. */
    public Recent<String> executions() {
        return executions;
    }

    /** Ids of its dead letters. */
    public Recent<String> deadLetters() {
        return deadLetters;
    }

    /** A number that names what it makes next. */
    int nextName() {
        return ++names;
    }
}
