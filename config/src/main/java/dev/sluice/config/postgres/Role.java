package dev.sluice.config.postgres;

/** What a pooled connection may do; the rights behind each are in the migrations. */
public enum Role {
    /** The API's: one organization, and if set one customer, per transaction. */
    APP("sluice_app"),
    /** Journal and queue, across tenants. */
    PIPELINE("sluice_pipeline"),
    /** Reads the definitions of all tenants. */
    SNAPSHOT("sluice_snapshot");

    private final String sqlName;

    Role(String sqlName) {
        this.sqlName = sqlName;
    }

    String sqlName() {
        return sqlName;
    }
}
