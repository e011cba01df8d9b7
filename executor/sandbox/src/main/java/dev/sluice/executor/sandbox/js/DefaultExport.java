package dev.sluice.executor.sandbox.js;

import com.oracle.js.parser.TokenType;
import com.oracle.js.parser.ir.BinaryNode;
import com.oracle.js.parser.ir.ClassNode;
import com.oracle.js.parser.ir.ExportNode;
import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.LiteralNode;
import com.oracle.js.parser.ir.Module;
import com.oracle.js.parser.ir.ObjectNode;
import com.oracle.js.parser.ir.Statement;
import com.oracle.js.parser.ir.TemplateLiteralNode;
import com.oracle.js.parser.ir.UnaryNode;
import com.oracle.js.parser.ir.VarNode;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the code exports as its default, as far as the code says. */
final class DefaultExport {
    /** {@code const a = b; const b = c; …} is followed so far. */
    private static final int MOST_NAMES = 20;

    private final Map<String, VarNode> declarations = new HashMap<>();
    private final CodeFacts facts;
    private final String localName;
    private final int offset;

    private DefaultExport(FunctionNode tree, CodeFacts facts, String localName, int offset) {
        this.facts = facts;
        this.localName = localName;
        this.offset = offset;
        for (Statement statement : tree.getBody().getStatements()) {
            // Of a function's several declarations the one that has a value counts.
            if (statement instanceof VarNode variable
                    && (variable.getInit() != null || !declarations.containsKey(variable.getName().getName()))) {
                declarations.put(variable.getName().getName(), variable);
            }
        }
    }

    /** @return null where there is none */
    static @Nullable DefaultExport of(FunctionNode tree, CodeFacts facts) {
        for (Module.ExportEntry entry : tree.getModule().getLocalExportEntries()) {
            if (Module.DEFAULT_NAME.equals(entry.getExportName())) {
                String name = String.valueOf(entry.getLocalName());
                return new DefaultExport(tree, facts, name, offset(tree.getModule().getExports(), name));
            }
        }
        return null;
    }

    private static int offset(List<ExportNode> exports, String name) {
        for (ExportNode export : exports) {
            boolean named = export.getNamedExports() != null && export.getNamedExports().getExportSpecifiers().stream()
                    .anyMatch(specifier -> name.equals(specifier.getIdentifier().getPropertyName()));
            if (export.isDefault() || named) {
                return export.getStart();
            }
        }
        return 0;
    }

    /** Whether the module itself declares a name. */
    boolean declares(String name) {
        return declarations.containsKey(name);
    }

    /** The function, where it is written down. */
    @Nullable Expression value() {
        VarNode variable = declarations.get(localName);
        Expression value = variable == null ? null : variable.getInit();
        for (int i = 0; i < MOST_NAMES && value instanceof IdentNode name; i++) {
            VarNode next = declarations.get(name.getName());
            value = next == null ? null : next.getInit();
        }
        return value;
    }

    /** Why it cannot be called with {@code ctx} for a result; null where it can, or only running would tell. */
    @Nullable Finding problem() {
        VarNode variable = declarations.get(localName);
        String what = variable == null ? null : variable(variable, MOST_NAMES);
        return what == null ? null : new Finding(offset,
                "the default export is %s; it must be a function: export default async function (ctx) { … }".formatted(what));
    }

    private @Nullable String variable(VarNode variable, int names) {
        String name = variable.getName().getName();
        Expression init = variable.getInit();
        if (!variable.isConst() && !variable.isFunctionDeclaration() && facts.mayBeAssigned(name)) {
            return null;
        }
        if (init == null) {
            return variable.isDestructuring() ? null : "'" + name + "', which never gets a value";
        }
        return variable.isDestructuring() ? null : value(init, names);
    }

    private @Nullable String value(Expression value, int names) {
        return switch (value) {
            case FunctionNode function when function.isGenerator() -> "a generator function, which returns no result";
            case ClassNode type -> "a class";
            case ObjectNode object -> "an object";
            case LiteralNode<?> literal -> literal.isArray() ? "an array" : "a plain value";
            case TemplateLiteralNode.UntaggedTemplateLiteralNode text -> "a plain value";
            case IdentNode name -> name(name, names);
            case UnaryNode unary when isPlain(unary) -> "a plain value";
            case BinaryNode binary when binary.isTokenType(TokenType.ASSIGN) -> value(binary.getAssignmentSource(), names);
            case BinaryNode binary when binary.isTokenType(TokenType.COMMARIGHT) -> value(binary.getRhs(), names);
            case BinaryNode binary when !binary.isLogical() && !binary.isAssignment() -> "a plain value";
            default -> null;
        };
    }

    private @Nullable String name(IdentNode name, int names) {
        VarNode variable = declarations.get(name.getName());
        if (variable == null) {
            return "'" + name.getName() + "', which this file does not declare";
        }
        return names == 0 ? null : variable(variable, names - 1);
    }

    private static boolean isPlain(UnaryNode unary) {
        return unary.isTokenType(TokenType.NOT) || unary.isTokenType(TokenType.BIT_NOT)
                || unary.isTokenType(TokenType.SUB) || unary.isTokenType(TokenType.ADD)
                || unary.isTokenType(TokenType.VOID) || unary.isTokenType(TokenType.TYPEOF)
                || unary.isTokenType(TokenType.DELETE);
    }
}
