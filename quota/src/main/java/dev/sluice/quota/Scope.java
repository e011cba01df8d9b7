package dev.sluice.quota;

/** Whose limit it is. */
public enum Scope {
    CUSTOMER,
    ORGANIZATION
}
