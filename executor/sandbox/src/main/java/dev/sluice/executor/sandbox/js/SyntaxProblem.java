package dev.sluice.executor.sandbox.js;

import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * Why code cannot run as a workflow, and where.
 *
 * @param line 1-based, 0 if unknown
 * @param column 1-based, 0 if unknown
 */
record SyntaxProblem(String message, int line, int column) {
    private static final Pattern PREFIX = Pattern.compile("^(SyntaxError: )?(\\S+\\.[jt]s:\\d+:\\d+ )?");

    static SyntaxProblem of(PolyglotException e) {
        String message = String.valueOf(e.getMessage());
        String first = PREFIX.matcher(message.lines().findFirst().orElse("syntax error")).replaceFirst("");
        SourceSection section = e.getSourceLocation();
        return section == null || !section.isAvailable()
                ? new SyntaxProblem(first, 0, 0)
                : new SyntaxProblem(first, section.getStartLine(), section.getStartColumn());
    }

    static SyntaxProblem at(Source source, int offset, String message) {
        return new SyntaxProblem(message, source.getLineNumber(offset), source.getColumnNumber(offset));
    }

    @Nullable String stack() {
        return line == 0 ? null : "    at " + JavaScript.FILE + ":" + line + ":" + column;
    }
}
