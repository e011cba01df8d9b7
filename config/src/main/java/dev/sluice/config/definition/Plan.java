package dev.sluice.config.definition;

import java.util.List;
import java.util.Map;

/**
 * A named set of limits that an organization subscribes its customers to.
 *
 * @param id unique name, such as {@code free}
 * @param limits what each customer of the organization may use, unless an override says otherwise
 */
public record Plan(String id, Limits limits) {
    /** The plan to start with: small limits, all of them hard blocks. */
    public static final Plan FREE = new Plan("free", Limits.of(Map.of(
            Dimension.EVENTS_PER_DAY, Limit.hardBlock(500),
            Dimension.EVENTS_PER_MINUTE, Limit.hardBlock(10),
            Dimension.API_CALLS_PER_DAY, Limit.hardBlock(1_000),
            Dimension.API_CALLS_PER_MINUTE, Limit.hardBlock(20))));

    /** Counts nothing, refuses nothing. */
    public static final Plan UNLIMITED = new Plan("unlimited", Limits.NONE);

    /** The plans every installation has. */
    public static final List<Plan> BUILT_IN = List.of(FREE, UNLIMITED);

    /** @throws InvalidDefinitionException if the id is blank */
    public Plan {
        if (id.isBlank()) {
            throw new InvalidDefinitionException("id", "must not be blank");
        }
    }
}
