package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate;
import dev.sluice.gateway.filter.ast.Predicate.Compare;

import java.util.ArrayList;
import java.util.List;

/** Wildcard patterns: {@code *} for any text, {@code \*} and {@code \\} for the characters themselves. */
final class Wildcards {
    private Wildcards() {}

    static Predicate parse(Place place) throws FilterException {
        String pattern = place.text();
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                if (i > 0 && pattern.charAt(i - 1) == '*' && piece.isEmpty()) {
                    throw place.refuse("two wildcards in a row mean no more than one");
                }
                pieces.add(piece.toString());
                piece.setLength(0);
                continue;
            }
            if (c == '\\') {
                if (++i == pattern.length() || (pattern.charAt(i) != '*' && pattern.charAt(i) != '\\')) {
                    throw place.refuse("a backslash stands before a star or a backslash");
                }
                c = pattern.charAt(i);
            }
            piece.append(c);
        }
        pieces.add(piece.toString());
        return pieces.size() > 1 ? new Predicate.Wildcard(pieces)
                : new Predicate.OneOf(List.of(new Literal.Text(pieces.getFirst())), Compare.STRICT);
    }
}
