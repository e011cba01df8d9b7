package dev.sluice.executor.sandbox.protocol;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * A service that running workflow code asks its dispatcher for. Arguments come from tenant code: sizes and types are
 * checked, meaning (quota, key rules) is the service's to judge.
 */
public sealed interface HostCall {

    /** {@code fastn.state.get(key, {scope})}. */
    record StateGet(StateScope scope, String key) implements HostCall {}

    /**
     * {@code fastn.state.set(key, value, {scope, ttl})}.
     *
     * @param valueJson the value as JSON
     * @param ttl how long the value is kept, or null for good; positive
     */
    record StateSet(StateScope scope, String key, String valueJson, @Nullable Duration ttl) implements HostCall {
        /** State belongs to a customer and stays out of logs. */
        @Override
        public String toString() {
            return "StateSet[scope=" + scope + ", key=" + key + ", ttl=" + ttl + "]";
        }
    }

    /** {@code fastn.state.delete(key, {scope})}. */
    record StateDelete(StateScope scope, String key) implements HostCall {}

    /** Who shares a state entry. */
    enum StateScope {
        /** All executions of the tenant. */
        ORG,
        /** One execution, all its attempts. */
        INVOCATION
    }
}
