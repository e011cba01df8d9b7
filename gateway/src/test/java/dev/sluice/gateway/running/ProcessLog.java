package dev.sluice.gateway.running;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Standard error of a node's process: events of its log, each with the lines behind it, and what the JVM prints. */
public final class ProcessLog {
    private static final Pattern BEGIN_OF_EVENT = Pattern.compile("(?m)^(?=\\d{4}-\\d\\d-\\d\\dT\\S+ [A-Z]+ )");
    private static final Pattern ERROR = Pattern.compile("^\\S+ ERROR ");
    /** A stack frame, also one that a sandbox printed and the node logged in its own line; or what a JVM says of its end. */
    private static final Pattern FAILURE = Pattern.compile(
            "\\bat [\\w.$/@-]+\\.[\\w$<>]+\\((\\w+\\.java(:\\d+)?|Native Method|Unknown Source)\\)"
                    + "|Exception in thread|Unhandled exception|OutOfMemoryError|StackOverflowError|fatal error"
                    + "|LEAK: ");

    private ProcessLog() {}

    /** Every event at error, with an exception, or about a leak or a crash, that none of the patterns is found in. */
    public static List<String> unexpected(String log, Collection<Pattern> expected) {
        List<String> unexpected = new ArrayList<>();
        for (String event : BEGIN_OF_EVENT.splitAsStream(log).toList()) {
            if ((ERROR.matcher(event).find() || FAILURE.matcher(event).find())
                    && expected.stream().noneMatch(pattern -> pattern.matcher(event).find())) {
                unexpected.add(event.strip());
            }
        }
        return unexpected;
    }

    /** Fails with what is unexpected, if anything is. */
    public static void verify(Path where, List<String> unexpected) {
        if (!unexpected.isEmpty()) {
            throw new AssertionError("logged by the node in " + where + ":\n" + String.join("\n", unexpected));
        }
    }
}
