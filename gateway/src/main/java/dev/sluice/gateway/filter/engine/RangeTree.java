package dev.sluice.gateway.filter.engine;

import dev.sluice.gateway.filter.ast.Literal;
import dev.sluice.gateway.filter.ast.Predicate.Bound;
import dev.sluice.gateway.filter.ast.Predicate.Within;
import dev.sluice.gateway.filter.json.Decimal;
import dev.sluice.gateway.filter.json.DecimalSlice;
import dev.sluice.gateway.filter.json.Whole;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Number ranges to where their keys lead: a centred interval tree (Edelsbrunner 1980). A lookup costs the logarithm of the number
 * of ranges plus the number of those that contain the value. Whole numbers are compared as {@code long}s.
 */
final class RangeTree {

    /** A range, where it leads, and the least and the greatest whole number in it. */
    static final class Entry {
        private final Within bounds;
        private final int lead;
        private final long least;
        private final long most;

        Entry(Within bounds, int lead) {
            this.bounds = bounds;
            this.lead = lead;
            Bound low = bounds.low();
            Bound high = bounds.high();
            least = low == null ? Long.MIN_VALUE : low.inclusive() ? number(low).ceiling() : number(low).floor() + 1;
            most = high == null ? Long.MAX_VALUE : high.inclusive() ? number(high).floor() : number(high).ceiling() - 1;
        }
    }

    private final Decimal centre;
    private final long centreFloor;
    private final long centreCeiling;
    private final Entry[] byLow;
    private final Entry[] byHigh;
    private final @Nullable RangeTree below;
    private final @Nullable RangeTree above;

    private RangeTree(List<Entry> entries) {
        List<Decimal> ends = new ArrayList<>();
        for (Entry entry : entries) {
            addEnd(entry.bounds.low(), ends);
            addEnd(entry.bounds.high(), ends);
        }
        ends.sort(null);
        centre = ends.get(ends.size() / 2);
        centreFloor = centre.floor();
        centreCeiling = centre.ceiling();
        List<Entry> lower = new ArrayList<>();
        List<Entry> here = new ArrayList<>();
        List<Entry> higher = new ArrayList<>();
        for (Entry entry : entries) {
            Bound low = entry.bounds.low();
            Bound high = entry.bounds.high();
            if (high != null && number(high).compareTo(centre) < 0) {
                lower.add(entry);
            } else if (low != null && number(low).compareTo(centre) > 0) {
                higher.add(entry);
            } else {
                here.add(entry);
            }
        }
        byLow = sorted(here, Comparator.comparing(entry -> entry.bounds.low(), RangeTree::compareLow));
        byHigh = sorted(here, Comparator.comparing(entry -> entry.bounds.high(), RangeTree::compareHigh));
        below = build(lower);
        above = build(higher);
    }

    /** The tree of some ranges, or null for none. Each has at least one bound. */
    static @Nullable RangeTree build(List<Entry> entries) {
        return entries.isEmpty() ? null : new RangeTree(entries);
    }

    private static Entry[] sorted(List<Entry> entries, Comparator<Entry> order) {
        return entries.stream().sorted(order).toArray(Entry[]::new);
    }

    private static void addEnd(@Nullable Bound bound, List<Decimal> ends) {
        if (bound != null) {
            ends.add(number(bound));
        }
    }

    private static Decimal number(Bound bound) {
        return ((Literal.Numeral) bound.value()).value();
    }

    private static int compareLow(@Nullable Bound left, @Nullable Bound right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        int order = number(left).compareTo(number(right));
        return order != 0 ? order : Boolean.compare(!left.inclusive(), !right.inclusive());
    }

    private static int compareHigh(@Nullable Bound left, @Nullable Bound right) {
        if (left == null || right == null) {
            return Boolean.compare(right != null, left != null);
        }
        int order = number(right).compareTo(number(left));
        return order != 0 ? order : Boolean.compare(!left.inclusive(), !right.inclusive());
    }

    /** Notes where every range leads that contains the number of a validated slice. */
    void find(byte[] text, int start, int end, DecimalSlice room, Hits hits) {
        long whole = Whole.read(text, start, end);
        if (whole != Whole.NOT) {
            find(whole, hits);
        } else {
            room.read(text, start, end);
            find(room, hits);
        }
    }

    private void find(long number, Hits hits) {
        RangeTree tree = this;
        while (tree != null) {
            boolean atCentre = number == tree.centreFloor && number == tree.centreCeiling;
            if (number < tree.centreCeiling || atCentre) {
                tree.addFromLow(number, atCentre, hits);
                tree = atCentre ? null : tree.below;
            } else {
                tree.addFromHigh(number, hits);
                tree = tree.above;
            }
        }
    }

    /** Ranges here reach up to the centre, so below it only their lower ends matter. */
    private void addFromLow(long number, boolean atCentre, Hits hits) {
        for (Entry entry : byLow) {
            if (number < entry.least) {
                return;
            }
            if (!atCentre || number <= entry.most) {
                hits.meet(entry.lead);
            }
        }
    }

    private void addFromHigh(long number, Hits hits) {
        for (Entry entry : byHigh) {
            if (number > entry.most) {
                return;
            }
            hits.meet(entry.lead);
        }
    }

    private void find(DecimalSlice number, Hits hits) {
        RangeTree tree = this;
        while (tree != null) {
            int side = number.compareTo(tree.centre);
            if (side <= 0) {
                tree.addFromLow(number, side == 0, hits);
            } else {
                tree.addFromHigh(number, hits);
            }
            tree = side < 0 ? tree.below : side > 0 ? tree.above : null;
        }
    }

    private void addFromLow(DecimalSlice number, boolean atCentre, Hits hits) {
        for (Entry entry : byLow) {
            Bound low = entry.bounds.low();
            if (low != null && !above(number, low)) {
                return;
            }
            Bound high = entry.bounds.high();
            if (!atCentre || high == null || below(number, high)) {
                hits.meet(entry.lead);
            }
        }
    }

    private void addFromHigh(DecimalSlice number, Hits hits) {
        for (Entry entry : byHigh) {
            Bound high = entry.bounds.high();
            if (high != null && !below(number, high)) {
                return;
            }
            hits.meet(entry.lead);
        }
    }

    private static boolean above(DecimalSlice number, Bound low) {
        int order = number.compareTo(number(low));
        return order > 0 || (order == 0 && low.inclusive());
    }

    private static boolean below(DecimalSlice number, Bound high) {
        int order = number.compareTo(number(high));
        return order < 0 || (order == 0 && high.inclusive());
    }
}
