package dev.sluice.executor.sandbox.js;

import dev.sluice.executor.sandbox.protocol.CheckResult;
import dev.sluice.executor.sandbox.protocol.Language;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;

/** Says whether code can be saved. Parses it and runs none of it. */
public final class Checker {
    private final JavaScript javascript;

    public Checker(JavaScript javascript) {
        this.javascript = javascript;
    }

    /** Never throws: what goes wrong is the answer. */
    public CheckResult check(String code, Language language) {
        if (language == Language.TYPESCRIPT) {
            return new CheckResult.Invalid("TypeScript is not available in this version; save it as JavaScript", 0, 0);
        }
        try (Context context = javascript.context()) {
            context.parse(JavaScript.program(code));
            return new CheckResult.Valid(code);
        } catch (PolyglotException e) {
            if (e.isInternalError() || !e.isSyntaxError()) {
                return new CheckResult.Invalid("the code cannot be compiled", 0, 0);
            }
            SyntaxProblem problem = SyntaxProblem.of(e);
            return new CheckResult.Invalid(problem.message(), problem.line(), problem.column());
        }
    }
}
