package dev.sluice.config.log;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.StringJoiner;

/**
 * A failure in one line of the log: what was thrown, where in this product, and what caused it. The whole trace belongs
 * to level {@code debug}.
 */
public final class Causes {
    private static final String OURS = "dev.sluice.";
    private static final int DEPTH = 4;
    private static final int FRAMES = 3;
    private static final int MESSAGE_CHARACTERS = 300;

    private Causes() {}

    /** A bounded line without control characters, whatever the failure's messages hold. */
    public static String of(Throwable failure) {
        StringJoiner line = new StringJoiner(", caused by ");
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable next = failure;
        while (next != null && seen.size() < DEPTH && seen.add(next)) {
            line.add(text(next) + places(next));
            next = next.getCause();
        }
        return line.toString();
    }

    private static String text(Throwable failure) {
        String text = failure.toString();
        String bounded = text.length() > MESSAGE_CHARACTERS ? text.substring(0, MESSAGE_CHARACTERS) + "…" : text;
        return bounded.replaceAll("\\p{Cntrl}+", " ");
    }

    /** The innermost frames of this product; of any code if it is in none. */
    private static String places(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        StringJoiner places = new StringJoiner(" < ", " at ", "").setEmptyValue("");
        Arrays.stream(trace).filter(frame -> frame.getClassName().startsWith(OURS)).limit(FRAMES)
                .forEach(frame -> places.add(place(frame)));
        if (places.length() == 0 && trace.length > 0) {
            places.add(place(trace[0]));
        }
        return places.toString();
    }

    private static String place(StackTraceElement frame) {
        String className = frame.getClassName();
        return "%s.%s:%d".formatted(className.substring(className.lastIndexOf('.') + 1), frame.getMethodName(),
                frame.getLineNumber());
    }
}
