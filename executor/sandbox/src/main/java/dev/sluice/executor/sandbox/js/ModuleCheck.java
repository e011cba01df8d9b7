package dev.sluice.executor.sandbox.js;

import com.oracle.js.parser.ErrorManager;
import com.oracle.js.parser.Parser;
import com.oracle.js.parser.ParserException;
import com.oracle.js.parser.ScriptEnvironment;
import com.oracle.js.parser.ir.ExportNode;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.ImportNode;
import com.oracle.js.parser.ir.Module;
import com.oracle.js.parser.ir.Statement;
import com.oracle.js.parser.ir.VarNode;
import org.graalvm.polyglot.Source;
import org.jspecify.annotations.Nullable;


/**
 * Whether code that parses could run as a workflow: a module that imports nothing and whose default export is a function
 * to call. Reads the tree that the engine's own parser makes; where the tree leaves it open, the code is believed.
 */
final class ModuleCheck {
    private static final String HOW = "export default async function (ctx) { … }";

    private final Source source;
    private final FunctionNode tree;
    private final Module module;

    private ModuleCheck(Source source, FunctionNode tree, Module module) {
        this.source = source;
        this.tree = tree;
        this.module = module;
    }

    /** @return null where nothing speaks against it */
    static @Nullable SyntaxProblem problem(Source source) {
        FunctionNode tree;
        try {
            tree = parse(source);
        } catch (ParserException e) {
            // The engine has accepted the code, with options of its own: it is right.
            return null;
        }
        return new ModuleCheck(source, tree, tree.getModule()).problem();
    }

    private static FunctionNode parse(Source source) {
        ScriptEnvironment environment = ScriptEnvironment.builder()
                .ecmaScriptVersion(Integer.MAX_VALUE)
                .allowBigInt(true)
                .annexB(true)
                .classFields(true)
                .importAttributes(true)
                .privateFieldsIn(true)
                .topLevelAwait(true)
                .shebang(true)
                .build();
        com.oracle.js.parser.Source parsed =
                com.oracle.js.parser.Source.sourceFor(JavaScript.FILE, source.getCharacters().toString());
        return new Parser(environment, parsed, new ErrorManager.ThrowErrorManager()).parseModule(JavaScript.FILE);
    }

    private @Nullable SyntaxProblem problem() {
        for (ImportNode imported : module.getImports()) {
            return at(imported.getStart(), nothingToImport(imported.getModuleSpecifier().getString()));
        }
        for (ExportNode export : module.getExports()) {
            if (export.getModuleSpecifier() != null) {
                return at(export.getStart(), nothingToImport(export.getModuleSpecifier().getString()));
            }
        }
        CodeFacts facts = CodeFacts.of(tree);
        DefaultExport exported = DefaultExport.of(tree, facts);
        if (facts.typed() != null) {
            return Checker.typeScript(at(facts.typed().offset(), facts.typed().message()));
        }
        Finding found = facts.problem() == null ? commonJs(exported) : facts.problem();
        if (found == null && exported != null) {
            found = exported.problem();
        }
        if (found != null) {
            return at(found.offset(), found.message());
        }
        return exported == null ? missing() : null;
    }

    private @Nullable Finding commonJs(@Nullable DefaultExport exported) {
        CommonJs commonJs = new CommonJs(tree.getBody()::hasSymbol);
        Finding found = commonJs.in(tree.getBody().getStatements());
        return found != null || exported == null ? found : commonJs.in(CommonJs.body(exported.value()));
    }

    /** There is no default export: points at what may have been meant. */
    private SyntaxProblem missing() {
        String message = "there is no default export; a workflow is a module with one: " + HOW;
        for (ExportNode export : module.getExports()) {
            return at(export.getStart(), message);
        }
        VarNode function = null;
        for (Statement statement : tree.getBody().getStatements()) {
            if (statement instanceof VarNode declared && declared.getInit() instanceof FunctionNode) {
                function = declared;
            }
        }
        return at(function == null ? 0 : function.getStart(), message);
    }

    static String nothingToImport(String name) {
        return "'%s' cannot be imported: a workflow is one file, and there is nothing else to load".formatted(name);
    }

    private SyntaxProblem at(int offset, String message) {
        int within = Math.clamp(offset, 0, Math.max(0, source.getLength() - 1));
        return SyntaxProblem.at(source, within, message);
    }
}
