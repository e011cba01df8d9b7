package dev.sluice.executor.sandbox.js;

import com.oracle.js.parser.TokenType;
import com.oracle.js.parser.ir.BaseNode;
import com.oracle.js.parser.ir.BinaryNode;
import com.oracle.js.parser.ir.CallNode;
import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.ForNode;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.LiteralNode;
import com.oracle.js.parser.ir.Node;
import com.oracle.js.parser.ir.UnaryNode;
import com.oracle.js.parser.ir.VarNode;
import com.oracle.js.parser.ir.visitor.NodeVisitor;
import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/** What one walk over all of the code finds. The first finding counts. */
final class CodeFacts extends NodeVisitor<LexicalContext> {
    private static final Set<String> TYPES =
            Set.of("string", "number", "boolean", "bigint", "symbol", "object", "any", "unknown", "never");

    private final Set<String> assigned = new HashSet<>();
    private boolean assignsPatterns;
    private int functions;
    private @Nullable Finding problem;
    private @Nullable Finding typed;

    private CodeFacts() {
        super(new LexicalContext());
    }

    static CodeFacts of(FunctionNode tree) {
        CodeFacts facts = new CodeFacts();
        tree.accept(facts);
        return facts;
    }

    /** What makes the code fail whenever it gets there. */
    @Nullable Finding problem() {
        return problem;
    }

    /** TypeScript that parses as JavaScript. */
    @Nullable Finding typed() {
        return typed;
    }

    /** Whether a variable may get another value than that of its declaration. */
    boolean mayBeAssigned(String name) {
        return assignsPatterns || assigned.contains(name);
    }

    @Override
    public boolean enterFunctionNode(FunctionNode function) {
        functions++;
        return true;
    }

    @Override
    public Node leaveFunctionNode(FunctionNode function) {
        functions--;
        return function;
    }

    @Override
    public boolean enterCallNode(CallNode call) {
        if (call.isImport() && !call.getArgs().isEmpty()
                && call.getArgs().getFirst() instanceof LiteralNode<?> name && name.isString()) {
            found(call.getStart(), ModuleCheck.nothingToImport(name.getString()));
        }
        return true;
    }

    @Override
    public boolean enterUnaryNode(UnaryNode unary) {
        if (functions == 1 && unary.isTokenType(TokenType.AWAIT)) {
            found(unary.getStart(), "nothing can be awaited outside of a function; await it in the default export");
        }
        if (unary.isAssignment()) {
            assigns(unary.getExpression());
        }
        return true;
    }

    @Override
    public boolean enterForNode(ForNode loop) {
        if (functions == 1 && loop.isForAwaitOf()) {
            found(loop.getStart(), "nothing can be awaited outside of a function; await it in the default export");
        }
        if (loop.getInit() != null) {
            assigns(loop.getInit());
        }
        return true;
    }

    @Override
    public boolean enterVarNode(VarNode declared) {
        if (declared.getInit() != null && getLexicalContext().getCurrentBlock() != null
                && !getLexicalContext().getCurrentBlock().isModuleBody()) {
            assigned.add(declared.getName().getName());
        }
        return true;
    }

    @Override
    public boolean enterBinaryNode(BinaryNode binary) {
        if (binary.isAssignment()) {
            assigns(binary.getAssignmentDest());
        }
        // f<string>(x) is two comparisons to JavaScript.
        if (binary.isTokenType(TokenType.GT) && binary.getLhs() instanceof BinaryNode left
                && left.isTokenType(TokenType.LT) && left.getRhs() instanceof IdentNode type
                && TYPES.contains(type.getName()) && typed == null) {
            typed = new Finding(type.getStart(), "<" + type.getName() + "> is a type");
        }
        return true;
    }

    private void assigns(Node target) {
        if (target instanceof IdentNode name) {
            assigned.add(name.getName());
        } else {
            assignsPatterns |= target instanceof Expression
                    && !(target instanceof BaseNode);
        }
    }

    private void found(int offset, String message) {
        if (problem == null) {
            problem = new Finding(offset, message);
        }
    }
}
