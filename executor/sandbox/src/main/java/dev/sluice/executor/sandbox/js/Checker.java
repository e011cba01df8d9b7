package dev.sluice.executor.sandbox.js;

import dev.sluice.executor.sandbox.protocol.CheckResult;
import dev.sluice.executor.sandbox.protocol.Language;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.jspecify.annotations.Nullable;

/** Says whether code can be saved: whether it parses and could run as a workflow. Runs none of it. */
public final class Checker {
    /** The engine's time for an integer such as {@code 123n} grows with the square of its length. */
    private static final int MOST_DIGITS = 10_000;

    /** What parsing may take of the heap for one character of code, at worst, with as much left for others. */
    private static final int HEAP_BYTES_PER_CHARACTER = 400;

    private static final String NO_TYPESCRIPT = "TypeScript is not available in this version; ";

    private final JavaScript javascript;

    public Checker(JavaScript javascript) {
        this.javascript = javascript;
    }

    /** Never throws: what goes wrong is the answer. */
    public CheckResult check(String code, Language language) {
        if (language == Language.TYPESCRIPT) {
            return new CheckResult.Invalid(NO_TYPESCRIPT + "save it as JavaScript", 0, 0);
        }
        SyntaxProblem problem = problem(code);
        return problem == null
                ? new CheckResult.Valid(code)
                : new CheckResult.Invalid(problem.message(), problem.line(), problem.column());
    }

    private @Nullable SyntaxProblem problem(String code) {
        if (code.length() > Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_CHARACTER) {
            return new SyntaxProblem("the code is too large for the memory of this node's sandbox", 0, 0);
        }
        Source program = JavaScript.program(code);
        int huge = hugeInteger(code);
        if (huge >= 0) {
            return SyntaxProblem.at(program, huge, "an integer may have up to 10,000 digits");
        }
        try (Context context = javascript.context()) {
            context.parse(program);
            return ModuleCheck.problem(program);
        } catch (PolyglotException e) {
            return refused(code, e);
        } catch (StackOverflowError e) {
            return tooDeep();
        }
    }

    /** @return where a run of digits that is too long begins, or -1 */
    private static int hugeInteger(String code) {
        int start = -1;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (Character.digit(c, 16) >= 0 || c == '_') {
                start = start < 0 ? i : start;
            } else if (start >= 0) {
                if (c == 'n' && i - start > MOST_DIGITS) {
                    return start;
                }
                start = -1;
            }
        }
        return -1;
    }

    private static SyntaxProblem refused(String code, PolyglotException e) {
        if (e.isResourceExhausted()) {
            return tooDeep();
        }
        if (e.isInternalError() || !e.isSyntaxError()) {
            return new SyntaxProblem("the code cannot be compiled", 0, 0);
        }
        SyntaxProblem problem = SyntaxProblem.of(e);
        boolean typed = e.getSourceLocation() != null && TypeScriptSigns.at(code, e.getSourceLocation().getCharIndex());
        return typed ? typeScript(problem) : problem;
    }

    static SyntaxProblem typeScript(SyntaxProblem problem) {
        return new SyntaxProblem("this looks like TypeScript (%s). %ssend JavaScript".formatted(
                problem.message(), NO_TYPESCRIPT), problem.line(), problem.column());
    }

    private static SyntaxProblem tooDeep() {
        return new SyntaxProblem("the code is nested too deeply", 0, 0);
    }
}
