package dev.sluice.executor.sandbox.js;

import java.util.regex.Pattern;

/**
 * Whether a syntax error is what a JavaScript parser makes of TypeScript. It stops at the first token that JavaScript
 * does not have, so what stands there and just before tells.
 */
final class TypeScriptSigns {
    /** Enough to see a declaration's beginning, and little enough to search. */
    private static final int CONTEXT = 200;

    private static final String NAME = "[#\\w$]+";
    private static final String MODIFIER =
            "type|namespace|module|declare|abstract|private|public|protected|readonly|override|accessor";

    /** {@code let x}, {@code (a, b?}, {@code ...rest}, a class's field, or the end of a pattern or of parameters. */
    private static final Pattern DECLARED = Pattern.compile(
            "(?:(?:^|[,(\\[{;}\\n]|\\b(?:let|const|var|static|get|set|" + MODIFIER + "))\\s*(?:\\.\\.\\.)?" + NAME
                    + "\\s*|[)\\]}]\\s*|\\?\\s*)$");
    private static final Pattern OPERAND = Pattern.compile("[\\w$)\\]'\"`]$");
    private static final Pattern OPTIONAL = Pattern.compile("^\\?\\s*[:;,)=]");
    private static final Pattern NOT_NULL = Pattern.compile("^!(?!=)\\s*(?![\\w$'\"`\\s])");
    private static final Pattern GENERIC = Pattern.compile("^<\\s*[A-Za-z_$][^<>]*+>");
    private static final Pattern MARKUP = Pattern.compile("</|/>");
    private static final Pattern TYPE_ARGUMENTS = Pattern.compile("[\\w$]<[\\w\\s$,.\\[\\]|&]+>?(?:\\(\\))?\\s*$");
    private static final Pattern AFTER_MODIFIER = Pattern.compile("\\b(?:" + MODIFIER + ")\\s+$");
    private static final Pattern OPERATOR = Pattern.compile("^(?:as|satisfies|implements)\\s+[\\w$({\\['\"`]");
    private static final Pattern DECLARATION =
            Pattern.compile("^(?:interface|enum|type|namespace|module|declare|abstract)\\s+[\\w${]");
    private static final Pattern PARAMETER =
            Pattern.compile("^(?:(?:private|public|protected|readonly|override)\\s+[\\w${]|this\\s*:)");
    private static final Pattern ASSIGNED_MODULE = Pattern.compile("\\b(?:export|import\\s+[\\w$]+)\\s*$");

    private TypeScriptSigns() {}

    /** @param offset of the token that the parser did not expect */
    static boolean at(String code, int offset) {
        int place = Math.clamp(offset, 0, code.length());
        String before = code.substring(Math.max(0, place - CONTEXT), place);
        String after = code.substring(place, Math.min(code.length(), place + CONTEXT));
        if (after.isEmpty()) {
            return TYPE_ARGUMENTS.matcher(before).find();
        }
        return switch (after.charAt(0)) {
            case ':' -> DECLARED.matcher(before).find();
            case '?' -> OPERAND.matcher(before).find() && OPTIONAL.matcher(after).find();
            case '!' -> OPERAND.matcher(before).find() && NOT_NULL.matcher(after).find();
            case '<' -> GENERIC.matcher(after).find() && !MARKUP.matcher(code).find();
            case '=' -> ASSIGNED_MODULE.matcher(before).find();
            case ')' -> before.stripTrailing().endsWith("?");
            case '>', ';', ',', '.', '}' -> TYPE_ARGUMENTS.matcher(before).find();
            default -> AFTER_MODIFIER.matcher(before).find()
                    || OPERATOR.matcher(after).find()
                    || DECLARATION.matcher(after).find()
                    || PARAMETER.matcher(after).find();
        };
    }
}
