package dev.sluice.gateway.filter.ast;

import java.util.List;

/** Alternatives of a semantic version range; a version is within it when it satisfies every comparator of one. */
public record VersionRange(List<List<Comparator>> alternatives) {

    /** A bound on versions. */
    public record Comparator(Relation relation, Version version) {}

    public VersionRange {
        alternatives = alternatives.stream().map(List::copyOf).toList();
    }

    /** Whether a text is a version in the range. */
    public boolean contains(String text) {
        Version version = Version.parse(text);
        return version != null && alternatives.stream().anyMatch(comparators -> comparators.stream()
                .allMatch(comparator -> comparator.relation().holds(version.compareTo(comparator.version()))));
    }
}
