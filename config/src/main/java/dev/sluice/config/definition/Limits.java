package dev.sluice.config.definition;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The limits of a plan or of an override: immutable, one {@link Limit} a dimension. A dimension that is missing is
 * unlimited in a plan and inherited in an override.
 *
 * <p>JSON form: {@code {"events_per_day": {"limit": 500, "enforcement": "hard_block"}}}. The enforcement may be left
 * out and is then {@code hard_block}; a limit may be left out only where the enforcement is {@code off}.
 */
public final class Limits {
    public static final Limits NONE = new Limits(new EnumMap<>(Dimension.class));

    private static final Dimension[] DIMENSIONS = Dimension.values();

    private final EnumMap<Dimension, Limit> limits;
    private final boolean unlimited;

    private Limits(EnumMap<Dimension, Limit> limits) {
        this.limits = limits;
        this.unlimited = limits.values().stream().noneMatch(Limit::counts);
    }

    public static Limits of(Map<Dimension, Limit> limits) {
        if (limits.isEmpty()) {
            return NONE;
        }
        return new Limits(new EnumMap<>(limits));
    }

    /** The limit of a dimension, or null when there is none. */
    public @Nullable Limit get(Dimension dimension) {
        return limits.get(dimension);
    }

    /** Whether nothing has to be counted: every dimension is missing or off. */
    public boolean isUnlimited() {
        return unlimited;
    }

    /** These limits with every dimension that the override names replaced by the override's. */
    public Limits overriddenBy(Limits override) {
        EnumMap<Dimension, Limit> merged = toMap();
        merged.putAll(override.limits);
        return of(merged);
    }

    /** A copy of the limits that exist, in the order of {@link Dimension}. */
    public EnumMap<Dimension, Limit> toMap() {
        return limits.clone();
    }

    /** The JSON form; {@link #fromJson} reads it back. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        limits.forEach((dimension, limit) -> json.put(dimension.key(),
                new JsonObject().put("limit", limit.amount()).put("enforcement", limit.enforcement().key())));
        return json;
    }

    /**
     * Reads the JSON form.
     *
     * @throws InvalidDefinitionException naming the field, if a dimension, field or enforcement is unknown or an amount
     *     is not a whole number in range
     */
    public static Limits fromJson(JsonObject json) {
        EnumMap<Dimension, Limit> limits = new EnumMap<>(Dimension.class);
        for (String key : json.fieldNames()) {
            Dimension dimension = Dimension.ofKey(key);
            if (dimension == null) {
                throw new InvalidDefinitionException(key, "is not a dimension; there are "
                        + Stream.of(DIMENSIONS).map(Dimension::key).collect(Collectors.joining(", ")));
            }
            if (!(json.getValue(key) instanceof JsonObject limit)) {
                throw new InvalidDefinitionException(key,
                        "must be an object like {\"limit\": 500, \"enforcement\": \"hard_block\"}");
            }
            limits.put(dimension, limit(key, limit));
        }
        return of(limits);
    }

    private static Limit limit(String key, JsonObject json) {
        for (String field : json.fieldNames()) {
            if (!Set.of("limit", "enforcement").contains(field)) {
                throw new InvalidDefinitionException(key + "." + field, "is unknown; there are limit, enforcement");
            }
        }
        Enforcement enforcement = enforcement(key, json.getValue("enforcement", Enforcement.HARD_BLOCK.key()));
        boolean needsAmount = enforcement != Enforcement.OFF || json.containsKey("limit");
        return new Limit(needsAmount ? amount(key, json.getValue("limit")) : 0, enforcement);
    }

    private static Enforcement enforcement(String key, @Nullable Object value) {
        Enforcement enforcement = value instanceof String name ? Enforcement.ofKey(name) : null;
        if (enforcement == null) {
            throw new InvalidDefinitionException(key + ".enforcement",
                    "must be one of " + Stream.of(Enforcement.values()).map(Enforcement::key)
                            .collect(Collectors.joining(", ")));
        }
        return enforcement;
    }

    private static long amount(String key, @Nullable Object value) {
        if (value instanceof Integer || value instanceof Long) {
            long amount = ((Number) value).longValue();
            if (amount >= 0 && amount <= Limit.MAX_AMOUNT) {
                return amount;
            }
        }
        throw new InvalidDefinitionException(key + ".limit", "must be a whole number from 0 to " + Limit.MAX_AMOUNT);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Limits that && limits.equals(that.limits);
    }

    @Override
    public int hashCode() {
        return limits.hashCode();
    }

    @Override
    public String toString() {
        return toJson().encode();
    }
}
