package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Scope;
import dev.sluice.gateway.filter.ast.ValuePath;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the path of a value: the paths of filters, and besides an index in brackets for one element of an array, such as
 * {@code items[0].id}. A backslash takes the meaning from a dot, a dollar sign, an opening bracket or a backslash.
 */
public final class ValuePathReader {
    private static final int MOST_DIGITS = 6;

    private final String path;
    private int p;

    private ValuePathReader(String path) {
        this.path = path;
    }

    /** Reads a path; what is wrong with it is said so that it can be mended. */
    public static ValuePath read(String path) throws FilterException {
        if (path.isEmpty()) {
            throw refuse("is empty: write the names of members with dots between them, such as data.id");
        }
        if (path.startsWith("$")) {
            throw refuse(meant(path));
        }
        return new ValuePathReader(path).read();
    }

    private ValuePath read() throws FilterException {
        List<ValuePath.Step> steps = new ArrayList<>();
        int element = element();
        steps.add(new ValuePath.Step("", element));
        if (element == ValuePath.EACH) {
            steps.add(step());
        }
        while (p < path.length()) {
            if (path.charAt(p) != '.') {
                throw refuse("has '%s' behind an index; a dot or the end must follow".formatted(path.substring(p)));
            }
            p++;
            steps.add(step());
        }
        return new ValuePath(steps);
    }

    private ValuePath.Step step() throws FilterException {
        StringBuilder name = new StringBuilder();
        while (p < path.length() && path.charAt(p) != '.' && path.charAt(p) != '[') {
            char c = path.charAt(p++);
            if (c == '\\') {
                if (p == path.length() || ".$[\\".indexOf(path.charAt(p)) < 0) {
                    throw refuse("has a backslash that stands before neither a dot, a dollar sign, a bracket nor a backslash");
                }
                c = path.charAt(p++);
            }
            name.append(c);
        }
        if (name.isEmpty()) {
            throw refuse("has an empty name: nothing stands before, behind or between its dots");
        }
        return new ValuePath.Step(name.toString(), element());
    }

    /** The index that stands here, if one does. */
    private int element() throws FilterException {
        if (p == path.length() || path.charAt(p) != '[') {
            return ValuePath.EACH;
        }
        int end = path.indexOf(']', p);
        String digits = end < 0 ? "" : path.substring(p + 1, end);
        if (!digits.matches("[0-9]{1," + MOST_DIGITS + "}")) {
            throw refuse("has a bracket without the number of an element, such as [0]; a bracket in a name is written \\[");
        }
        p = end + 1;
        if (p < path.length() && path.charAt(p) == '[') {
            throw refuse("has two indices side by side: arrays inside arrays count as if their elements were in the outer one");
        }
        return Integer.parseInt(digits);
    }

    /** What the author of a path that begins with a dollar sign should write. */
    private static String meant(String path) {
        if (path.startsWith("$.") && path.length() > 2) {
            return "begins at the body by itself: write %s".formatted(path.substring(2));
        }
        int dot = path.indexOf('.');
        Scope scope = Scope.of(dot < 0 ? path : path.substring(0, dot));
        return scope == Scope.HEADERS
                ? "is about the body: write {\"header\": \"%s\"} for a header".formatted(dot < 0 ? "name" : path.substring(dot + 1))
                : "is about the body, and begins at it by itself; a dollar sign that begins a name is written \\$";
    }

    private static FilterException refuse(String reason) {
        return new FilterException("$", reason);
    }
}
