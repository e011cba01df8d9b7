package dev.sluice.executor.sandbox.js;

import com.oracle.js.parser.ir.AccessNode;
import com.oracle.js.parser.ir.BaseNode;
import com.oracle.js.parser.ir.BinaryNode;
import com.oracle.js.parser.ir.CallNode;
import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.ExpressionStatement;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.LiteralNode;
import com.oracle.js.parser.ir.ReturnNode;
import com.oracle.js.parser.ir.Statement;
import com.oracle.js.parser.ir.UnaryNode;
import com.oracle.js.parser.ir.VarNode;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Predicate;

/**
 * {@code module.exports} and {@code require} where they are surely evaluated: neither is there, so the code fails. Behind
 * a condition they may be meant for another runtime, and are left alone.
 */
final class CommonJs {
    private final Predicate<String> declared;

    /** @param declared whether the module itself declares a name */
    CommonJs(Predicate<String> declared) {
        this.declared = declared;
    }

    /** Looks at statements up to the first that may lead elsewhere. */
    @Nullable Finding in(List<Statement> statements) {
        for (Statement statement : statements) {
            Expression evaluated;
            switch (statement) {
                case ExpressionStatement expression -> evaluated = expression.getExpression();
                case VarNode variable -> evaluated = variable.getInit();
                case ReturnNode returned -> evaluated = returned.getExpression();
                default -> {
                    return null;
                }
            }
            Finding found = evaluated == null ? null : evaluated(evaluated);
            if (found != null || statement instanceof ReturnNode) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Finding evaluated(Expression expression) {
        return switch (expression) {
            case CallNode call -> call(call);
            case BaseNode member -> evaluated(member.getBase());
            case UnaryNode unary -> evaluated(unary.getExpression());
            case BinaryNode binary when binary.isAssignment() -> assignment(binary);
            case BinaryNode binary -> first(binary.getLhs(), binary.isLogical() ? null : binary.getRhs());
            default -> null;
        };
    }

    private @Nullable Finding call(CallNode call) {
        if (call.getFunction() instanceof IdentNode name && isFree(name, "require") && !call.getArgs().isEmpty()
                && call.getArgs().getFirst() instanceof LiteralNode<?> wanted && wanted.isString()) {
            return new Finding(call.getStart(), "require is not there, and " + ModuleCheck.nothingToImport(wanted.getString()));
        }
        Finding found = evaluated(call.getFunction());
        for (Expression argument : call.getArgs()) {
            found = found == null ? evaluated(argument) : found;
        }
        return found;
    }

    private @Nullable Finding assignment(BinaryNode assignment) {
        Expression target = assignment.getAssignmentDest();
        if (target instanceof AccessNode member && exports(member)) {
            return new Finding(target.getStart(),
                    "module.exports and exports are not there; write: export default async function (ctx) { … }");
        }
        return first(target instanceof BaseNode member ? member.getBase() : null, assignment.getAssignmentSource());
    }

    /** {@code module.exports}, {@code exports.x}, or a member of one. */
    private boolean exports(AccessNode member) {
        return switch (member.getBase()) {
            case IdentNode name when isFree(name, "exports") -> true;
            case IdentNode name when isFree(name, "module") -> member.getProperty().equals("exports");
            case AccessNode base -> exports(base);
            default -> false;
        };
    }

    private @Nullable Finding first(@Nullable Expression one, @Nullable Expression other) {
        Finding found = one == null ? null : evaluated(one);
        return found != null || other == null ? found : evaluated(other);
    }

    private boolean isFree(IdentNode name, String wanted) {
        return name.getName().equals(wanted) && !declared.test(wanted);
    }

    /** The body of a function, if it is one. */
    static List<Statement> body(@Nullable Expression handler) {
        return handler instanceof FunctionNode function ? function.getBody().getStatements() : List.of();
    }
}
