package dev.sluice.executor.dispatcher.sandbox;

import dev.sluice.executor.sandbox.protocol.HostCall;
import dev.sluice.executor.sandbox.protocol.HostReply;
import dev.sluice.executor.sandbox.protocol.Invocation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Host services on a map; keys that start with "refuse" are refused, with "hang" never answered, with "late" answered by
 * the test, with "break" fail.
 */
final class StateMap implements HostServices {
    final Map<String, String> entries = new ConcurrentHashMap<>();
    final List<HostCall> seen = new CopyOnWriteArrayList<>();

    final List<CompletableFuture<HostReply>> late = new CopyOnWriteArrayList<>();

    /** How often a key was asked for. */
    long asked(String wanted) {
        return seen.stream().filter(call -> call instanceof HostCall.StateGet(var _, String key) && key.equals(wanted)).count();
    }

    @Override
    public CompletionStage<HostReply> call(Invocation of, HostCall call) {
        seen.add(call);
        return switch (call) {
            case HostCall.StateGet(var _, String key) when key.startsWith("refuse") ->
                CompletableFuture.completedStage(new HostReply.Refused("QuotaError", "no more of that"));
            case HostCall.StateGet(var _, String key) when key.startsWith("hang") -> new CompletableFuture<>();
            case HostCall.StateGet(var _, String key) when key.startsWith("late") -> {
                late.add(new CompletableFuture<>());
                yield late.getLast();
            }
            case HostCall.StateGet(var _, String key) when key.startsWith("break") ->
                CompletableFuture.failedStage(new IllegalStateException("database password is hunter2"));
            case HostCall.StateGet(var scope, String key) ->
                CompletableFuture.completedStage(new HostReply.Value(entries.get(scope + ":" + key)));
            case HostCall.StateSet(var scope, String key, String value, var _) -> {
                entries.put(scope + ":" + key, value);
                yield CompletableFuture.completedStage(new HostReply.Value(null));
            }
            case HostCall.StateDelete(var scope, String key) -> {
                boolean there = entries.remove(scope + ":" + key) != null;
                yield CompletableFuture.completedStage(new HostReply.Value(Boolean.toString(there)));
            }
        };
    }
}
