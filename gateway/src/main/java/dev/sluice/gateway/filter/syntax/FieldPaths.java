package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.FieldPath;
import dev.sluice.gateway.filter.ast.Scope;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Dotted paths: names with dots between them; a backslash takes the meaning from a dot, a dollar sign or a backslash. */
final class FieldPaths {
    private static final Pattern PLACE_IN_ARRAY = Pattern.compile("\\d{1,9}|.*\\[(\\d{1,9}|\\*)?]");

    private FieldPaths() {}

    /** Splits a path into its names. */
    static List<String> names(String path, Place place) throws FilterException {
        List<String> names = split(path, place);
        place.below(names);
        names.forEach(name -> remarkPlaceInArray(name, place));
        return names;
    }

    /** Paths have no places in arrays, but other languages' have. */
    static void remarkPlaceInArray(String name, Place place) {
        if (PLACE_IN_ARRAY.matcher(name).matches()) {
            place.remark("the name of a member is no place in an array; a path goes through arrays by itself: "
                    + "items.id, not items[0].id");
        }
    }

    private static List<String> split(String path, Place place) throws FilterException {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean any = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '.') {
                names.add(finish(name, any, place));
                any = false;
                continue;
            }
            if (c == '\\') {
                if (++i == path.length() || ".$\\".indexOf(path.charAt(i)) < 0) {
                    throw place.refuse("in a path, a backslash stands before a dot, a dollar sign or a backslash");
                }
                c = path.charAt(i);
            }
            name.append(c);
            any = true;
        }
        // The empty name is a legal member name; only as a part of a longer path is it taken for a slip.
        names.add(path.isEmpty() ? "" : finish(name, any, place));
        return names;
    }

    private static String finish(StringBuilder name, boolean any, Place place) throws FilterException {
        if (!any) {
            throw place.refuse("has an empty name in its path");
        }
        String finished = name.toString();
        name.setLength(0);
        return finished;
    }

    /** A path that may begin with a scope: {@code order.total}, {@code $headers.x-event}, {@code $ip}. */
    static FieldPath parse(String path, Place place) throws FilterException {
        if (!path.startsWith("$")) {
            return new FieldPath(null, names(path, place));
        }
        int dot = path.indexOf('.');
        String keyword = dot < 0 ? path : path.substring(0, dot);
        Scope scope = Scope.of(keyword);
        if (scope == null) {
            throw place.refuse("unknown scope " + keyword);
        }
        if (scope.named() != dot > 0) {
            throw place.refuse(scope.named() ? keyword + " needs a name after it" : keyword + " has nothing below it");
        }
        // A header or parameter name is taken whole, dots and all.
        return new FieldPath(scope, dot < 0 ? List.of() : List.of(path.substring(dot + 1)));
    }

    /** A condition on the value at the end of a path. */
    static Condition at(List<String> names, Condition inner) {
        Condition condition = inner;
        for (int i = names.size() - 1; i > 0; i--) {
            condition = new Condition.Some(new Condition.Field(names.get(i), condition));
        }
        return new Condition.Field(names.getFirst(), condition);
    }

    /** A condition on the value at a path from the root. */
    static Condition at(FieldPath path, Condition inner) {
        Scope scope = path.scope();
        return scope == null ? new Condition.Some(at(path.names(), inner))
                : new Condition.Scoped(scope, path.names().isEmpty() ? "" : path.names().getFirst(), inner);
    }
}
