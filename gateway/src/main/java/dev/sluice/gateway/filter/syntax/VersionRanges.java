package dev.sluice.gateway.filter.syntax;

import dev.sluice.gateway.filter.FilterException;
import dev.sluice.gateway.filter.ast.Relation;
import dev.sluice.gateway.filter.ast.Version;
import dev.sluice.gateway.filter.ast.VersionRange;
import dev.sluice.gateway.filter.ast.VersionRange.Comparator;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Version ranges: full versions with {@code = > >= < <= ^ ~} before them, several separated by spaces must all hold,
 * alternatives are separated by {@code ||}.
 */
final class VersionRanges {
    private VersionRanges() {}

    static VersionRange parse(Place place) throws FilterException {
        List<List<Comparator>> alternatives = new ArrayList<>();
        for (String alternative : place.text().split("\\|\\|", -1)) {
            List<Comparator> comparators = new ArrayList<>();
            for (String part : alternative.trim().split("\\s+", -1)) {
                add(part, place, comparators);
            }
            alternatives.add(comparators);
        }
        return new VersionRange(alternatives);
    }

    private static void add(String part, Place place, List<Comparator> into) throws FilterException {
        int digit = 0;
        while (digit < part.length() && "=<>^~".indexOf(part.charAt(digit)) >= 0) {
            digit++;
        }
        Version version = Version.parse(part.substring(digit));
        if (version == null) {
            throw place.refuse("must be a range of versions such as \">=1.2.0 <2.0.0 || ^3.1.0\"");
        }
        switch (part.substring(0, digit)) {
            case "", "=" -> into.add(new Comparator(Relation.EQUAL, version));
            case ">" -> into.add(new Comparator(Relation.GREATER, version));
            case ">=" -> into.add(new Comparator(Relation.GREATER_OR_EQUAL, version));
            case "<" -> into.add(new Comparator(Relation.LESS, version));
            case "<=" -> into.add(new Comparator(Relation.LESS_OR_EQUAL, version));
            case "^" -> upTo(version, afterCompatible(version), into);
            case "~" -> upTo(version, release(version.major(), version.minor().add(BigInteger.ONE), BigInteger.ZERO), into);
            default -> throw place.refuse("unknown comparison " + part.substring(0, digit));
        }
    }

    private static void upTo(Version least, Version beyond, List<Comparator> into) {
        into.add(new Comparator(Relation.GREATER_OR_EQUAL, least));
        into.add(new Comparator(Relation.LESS, beyond));
    }

    /** The first version that may break: the left-most number that is not zero goes up. */
    private static Version afterCompatible(Version version) {
        if (version.major().signum() != 0) {
            return release(version.major().add(BigInteger.ONE), BigInteger.ZERO, BigInteger.ZERO);
        }
        return version.minor().signum() != 0 ? release(BigInteger.ZERO, version.minor().add(BigInteger.ONE), BigInteger.ZERO)
                : release(BigInteger.ZERO, BigInteger.ZERO, version.patch().add(BigInteger.ONE));
    }

    private static Version release(BigInteger major, BigInteger minor, BigInteger patch) {
        // The lowest pre-release, "-0", keeps the pre-releases of the next version out of the range.
        return new Version(major, minor, patch, List.of("0"));
    }
}
