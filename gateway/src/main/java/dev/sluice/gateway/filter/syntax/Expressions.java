package dev.sluice.gateway.filter.syntax;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Predicate;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Regular expressions of RE2. The library compiles a counted repetition into that many copies, nested ones into their
 * product, without a limit: {@code ((a{1000}){1000}){1000}} would take all memory there is. So an expression is measured
 * before it is compiled. The scan reads as the library's parser does, and where it errs it takes an expression for larger.
 */
final class Expressions {
    private static final int MAX_LENGTH = 2000;
    private static final int MAX_REPEATS = 1000;
    private static final int MAX_NESTING = 100;
    /** Instructions of the program, far above what the cost of a filter allows. */
    private static final long MAX_SIZE = 50_000;

    private final String text;
    private final Deque<Group> open = new ArrayDeque<>();
    private Group group = new Group();
    private int p;

    /** What has been read of a group: how many instructions it takes, and how often its inside is copied at most. */
    private static final class Group {
        private long size;
        private long repeats = 1;
        private long lastSize;
        private long lastRepeats = 1;

        void add(long atomSize, long atomRepeats) {
            size += atomSize;
            lastSize = atomSize;
            lastRepeats = atomRepeats;
            repeats = Math.max(repeats, atomRepeats);
        }

        /** The last atom, that many times, and a branch or two for each. */
        void repeat(int times) {
            long before = lastSize;
            size -= before;
            add((before + 1) * times, lastRepeats * times);
        }
    }

    private Expressions(String text) {
        this.text = text;
    }

    static Predicate parse(Place operand) throws FilterException {
        String text = operand.text();
        String excess = excess(text);
        if (excess != null) {
            throw operand.refuse(excess);
        }
        try {
            return new Predicate.Regex(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw operand.refuse("not a regular expression of RE2: " + e.getDescription());
        }
    }

    /** Why an expression is too large to be compiled, or null. */
    static @Nullable String excess(String text) {
        return text.length() > MAX_LENGTH
                ? "a regular expression may have at most %d characters".formatted(MAX_LENGTH)
                : new Expressions(text).excess();
    }

    private @Nullable String excess() {
        while (p < text.length()) {
            step();
            if (open.size() > MAX_NESTING) {
                return "groups are nested deeper than %d levels".formatted(MAX_NESTING);
            }
            if (group.lastRepeats > MAX_REPEATS) {
                return "repeats more than %d times, nested repetitions multiplied".formatted(MAX_REPEATS);
            }
            if (group.size > MAX_SIZE) {
                return "is larger than %d steps when its repetitions are written out".formatted(MAX_SIZE);
            }
        }
        return null;
    }

    private void step() {
        switch (text.charAt(p)) {
            case '(' -> begin();
            case ')' -> end();
            case '[' -> {
                skipClass();
                group.add(1, 1);
            }
            case '\\' -> escape();
            case '*', '+', '?' -> {
                p++;
                group.repeat(1);
            }
            case '{' -> repetition();
            default -> {
                p += Character.charCount(text.codePointAt(p));
                group.add(1, 1);
            }
        }
    }

    private void begin() {
        p++;
        if (text.startsWith("?", p)) {
            while (p < text.length() && ":)>".indexOf(text.charAt(p)) < 0) {
                p++;
            }
            if (text.startsWith(")", p++)) {
                return; // flags alone open nothing
            }
        }
        open.push(group);
        group = new Group();
    }

    private void end() {
        p++;
        if (!open.isEmpty()) {
            Group closed = group;
            group = open.pop();
            group.add(closed.size + 2, closed.repeats);
        }
    }

    private void escape() {
        if (!text.startsWith("\\Q", p)) {
            skipEscape();
            group.add(1, 1);
            return;
        }
        int end = text.indexOf("\\E", p + 2);
        int quoted = (end < 0 ? text.length() : end) - p - 2;
        p = end < 0 ? text.length() : end + 2;
        if (quoted > 0) {
            group.size += quoted - 1L;
            group.add(1, 1);
        }
    }

    private void skipEscape() {
        int named = p + 2;
        boolean braced = p + 1 < text.length() && "pPx".indexOf(text.charAt(p + 1)) >= 0 && text.startsWith("{", named);
        int end = braced ? text.indexOf('}', named) : p + 1;
        p = end < 0 ? text.length() : Math.min(end + 1, text.length());
    }

    private void skipClass() {
        p += text.startsWith("[^", p) ? 2 : 1;
        for (boolean first = true; p < text.length() && (first || text.charAt(p) != ']'); first = false) {
            int posix = text.startsWith("[:", p) ? text.indexOf(":]", p + 2) : -1;
            if (posix >= 0) {
                p = posix + 2;
            } else if (text.charAt(p) == '\\') {
                skipEscape();
            } else {
                p++;
            }
        }
        p++;
    }

    /** {@code {n}}, {@code {n,}} or {@code {n,m}}; any other brace is itself. */
    private void repetition() {
        int end = text.indexOf('}', p);
        String inside = end < 0 ? "" : text.substring(p + 1, end);
        int comma = inside.indexOf(',');
        String least = comma < 0 ? inside : inside.substring(0, comma);
        String most = comma < 0 ? "" : inside.substring(comma + 1);
        if (!isCount(least) || (!most.isEmpty() && !isCount(most))) {
            p++;
            group.add(1, 1);
            return;
        }
        p = end + 1;
        group.repeat(Math.max(1, Math.max(count(least), count(most))));
    }

    private static boolean isCount(String digits) {
        return !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int count(String digits) {
        int longest = Integer.toString(MAX_REPEATS).length();
        return digits.isEmpty() ? 0 : digits.length() > longest ? MAX_REPEATS + 1 : Integer.parseInt(digits);
    }
}
