package dev.sluice.executor.sandbox.run;

import dev.sluice.executor.sandbox.js.JavaScript;
import dev.sluice.executor.sandbox.protocol.Invocation;
import org.graalvm.polyglot.Source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Code that has been run here lately, in the form that the engine caches its own work on. */
final class Programs {
    private static final int MOST = 256;

    private final Map<UUID, Source> sources = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Source> eldest) {
            return size() > MOST;
        }
    };

    synchronized Source get(Invocation.Workflow workflow) {
        return sources.computeIfAbsent(workflow.versionId(), _ -> JavaScript.program(workflow.code()));
    }
}
