package dev.sluice.executor.dispatcher;

/** What started an execution. */
public enum TriggeredBy {
    WEBHOOK("webhook"),
    SCHEDULER("scheduler"),
    APP_EVENT("app_event"),
    MANUAL("manual"),
    AGENT_SERVICE("agent-service"),
    REPLAY("replay");

    private final String wireName;

    TriggeredBy(String wireName) {
        this.wireName = wireName;
    }

    /** The name in the API and the database. */
    public String wireName() {
        return wireName;
    }

    /** The constant with this name in the database. */
    public static TriggeredBy ofWireName(String name) {
        for (TriggeredBy value : values()) {
            if (value.wireName.equals(name)) {
                return value;
            }
        }
        throw new IllegalArgumentException("no such trigger kind: " + name);
    }
}
