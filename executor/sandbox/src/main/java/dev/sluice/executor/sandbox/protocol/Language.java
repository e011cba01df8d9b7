package dev.sluice.executor.sandbox.protocol;

/** What a workflow is written in. */
public enum Language {
    JAVASCRIPT,
    TYPESCRIPT
}
