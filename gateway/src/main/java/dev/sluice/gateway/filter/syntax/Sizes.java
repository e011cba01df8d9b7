package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Predicate;

import java.util.Map;

/** The operand of {@code $size}: a number, or bounds. */
final class Sizes {
    private Sizes() {}

    static Predicate.Size parse(Place place) throws FilterException {
        if (!place.isObject()) {
            return new Predicate.Size(place.count(), place.count());
        }
        int least = 0;
        int most = Integer.MAX_VALUE;
        for (Map.Entry<String, Place> member : place.members().entrySet()) {
            int count = member.getValue().count();
            switch (member.getKey()) {
                case "$gte" -> least = Math.max(least, count);
                case "$gt" -> least = Math.max(least, count == Integer.MAX_VALUE ? count : count + 1);
                case "$lte" -> most = Math.min(most, count);
                case "$lt" -> most = Math.min(most, count - 1);
                default -> throw member.getValue().refuse("a size is compared with $gt, $gte, $lt or $lte");
            }
        }
        return new Predicate.Size(least, most);
    }
}
