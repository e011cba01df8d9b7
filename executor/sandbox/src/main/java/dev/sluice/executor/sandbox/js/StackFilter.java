package dev.sluice.executor.sandbox.js;

import org.jspecify.annotations.Nullable;

import java.util.stream.Collectors;

/** Keeps of a JavaScript stack the frames in the workflow's own file. */
final class StackFilter {
    private static final String PLACE = JavaScript.FILE + ":";

    private StackFilter() {}

    /** @return null where no frame is left */
    static @Nullable String apply(String stack) {
        String kept = stack.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("at ") && line.contains(PLACE))
                .map(line -> "    " + line)
                .collect(Collectors.joining("\n"));
        return kept.isEmpty() ? null : kept;
    }
}
