package dev.sluice.quota;

import dev.sluice.config.definition.Dimension;
import dev.sluice.config.definition.Enforcement;
import dev.sluice.config.definition.Limit;
import dev.sluice.config.definition.Limits;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What has been used of each limit in its current window.
 *
 * @param lines customer before organization, in the order of {@link Dimension}; limits that are off are left out
 * @param mode {@link QuotaMode#EXACT} when the counts are those of all nodes
 */
public record Usage(List<Line> lines, QuotaMode mode) {
    /** Where a limit comes from. */
    public enum Source {
        PLAN,
        OVERRIDE
    }

    /**
     * One limit and how it stands.
     *
     * @param planLimit what the plan alone would say, or null when it has no limit for the dimension
     */
    public record Line(Count count, @Nullable Limit planLimit) {
        public Source source() {
            return count.limit().equals(planLimit) ? Source.PLAN : Source.OVERRIDE;
        }

        public Enforcement enforcement() {
            return count.limit().enforcement();
        }

        /** Used as a percentage of the limit, rounded down; beyond 100 for an exceeded soft limit; 100 for limit 0. */
        public long percent() {
            long amount = count.limit().amount();
            return amount == 0 ? 100 : (long) (count.used() * 100.0 / amount);
        }
    }

    private static final Comparator<Line> ORDER =
            Comparator.comparing((Line line) -> line.count().scope()).thenComparing(line -> line.count().dimension());

    /** Lines for these counts; customers' lines are compared with the plan, the organization's have no other source. */
    public static Usage of(List<Count> counts, Limits plan, QuotaMode mode) {
        Objects.requireNonNull(plan);
        List<Line> lines = new ArrayList<>(counts.size());
        for (Count count : counts) {
            Limit planLimit = count.scope() == Scope.CUSTOMER ? plan.get(count.dimension()) : count.limit();
            lines.add(new Line(count, planLimit));
        }
        lines.sort(ORDER);
        return new Usage(List.copyOf(lines), mode);
    }
}
