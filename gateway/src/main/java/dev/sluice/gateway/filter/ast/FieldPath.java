package dev.sluice.gateway.filter.ast;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Where another value is, for {@code $ref}.
 *
 * @param scope null for the body
 * @param names members from the root of the body; the name within the scope, if it has names
 */
public record FieldPath(@Nullable Scope scope, List<String> names) {
    public FieldPath {
        names = List.copyOf(names);
    }
}
