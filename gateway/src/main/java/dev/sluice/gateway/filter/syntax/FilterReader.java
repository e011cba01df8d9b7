package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Condition;
import dev.sluice.gateway.filter.ast.Predicate.Compare;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells the dialect of a filter from its shape and reads it. */
public final class FilterReader {
    private static final Set<String> ENVELOPE = Set.of("syntax", "compare", "pattern");

    private FilterReader() {}

    /**
     * What was read.
     *
     * @param remarks what is legal but probably means something else than its author thinks, each with its place
     * @param values number of values in the tree, objects and arrays included
     */
    public record Reading(Condition condition, List<String> remarks, int values) {
        public Reading {
            remarks = List.copyOf(remarks);
        }
    }

    /** Reads a filter from a tree, see {@link dev.sluice.gateway.filter.Filter#of}. */
    public static Reading read(@Nullable Object tree) throws FilterException {
        int values = Extent.of(tree);
        Place root = Place.root(tree);
        return new Reading(condition(root), root.remarks(), values);
    }

    private static Condition condition(Place place) throws FilterException {
        if (place.isObject()) {
            Map<String, Place> members = place.members();
            Place syntax = members.get("syntax");
            if (members.containsKey("pattern") && syntax != null && syntax.isText() && ENVELOPE.containsAll(members.keySet())) {
                return enveloped(members, syntax);
            }
        }
        return ConditionListReader.looksLikeOne(place) ? new ConditionListReader(Compare.STRICT).read(place)
                : new MatchObjectReader(Compare.STRICT).read(place);
    }

    private static Condition enveloped(Map<String, Place> members, Place syntax) throws FilterException {
        Place pattern = members.getOrDefault("pattern", syntax);
        Place option = members.get("compare");
        Compare compare = option == null ? Compare.STRICT : compare(option);
        return switch (syntax.text()) {
            case "match" -> new MatchObjectReader(compare).read(pattern);
            case "conditions" -> new ConditionListReader(compare).read(pattern);
            case "eventbridge" -> {
                if (option != null && compare == Compare.LOOSE) {
                    throw option.refuse("EventBridge patterns always compare strictly");
                }
                yield new EventBridgeReader().read(pattern);
            }
            default -> throw syntax.refuse("must be match, conditions or eventbridge");
        };
    }

    private static Compare compare(Place option) throws FilterException {
        return switch (option.text()) {
            case "strict" -> Compare.STRICT;
            case "loose" -> Compare.LOOSE;
            default -> throw option.refuse("must be strict or loose");
        };
    }
}
