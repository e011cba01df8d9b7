package dev.sluice.gateway.filter.ast;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/** A semantic version (semver.org 2.0.0); build metadata does not take part in comparisons and is dropped. */
public record Version(BigInteger major, BigInteger minor, BigInteger patch, List<String> prerelease)
        implements Comparable<Version> {

    private static final Pattern SYNTAX = Pattern.compile(
            "v?(0|[1-9]\\d{0,30})\\.(0|[1-9]\\d{0,30})\\.(0|[1-9]\\d{0,30})"
                    + "(?:-((?:0|[1-9]\\d{0,30}|\\d{0,30}[a-zA-Z-][0-9a-zA-Z-]{0,60})(?:\\.(?:0|[1-9]\\d{0,30}|\\d{0,30}[a-zA-Z-][0-9a-zA-Z-]{0,60})){0,30}))?"
                    + "(?:\\+[0-9a-zA-Z.-]{1,200})?");
    private static final int LONGEST = 400;

    public Version {
        prerelease = List.copyOf(prerelease);
    }

    /** Reads a version, with or without a leading {@code v}; null when the text is not one. */
    public static @Nullable Version parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        var found = SYNTAX.matcher(text);
        if (!found.matches()) {
            return null;
        }
        String tail = found.group(4);
        return new Version(new BigInteger(found.group(1)), new BigInteger(found.group(2)), new BigInteger(found.group(3)),
                tail == null ? List.of() : List.of(tail.split("\\.")));
    }

    @Override
    public int compareTo(Version other) {
        int order = major.compareTo(other.major);
        order = order != 0 ? order : minor.compareTo(other.minor);
        order = order != 0 ? order : patch.compareTo(other.patch);
        return order != 0 ? order : comparePrerelease(other);
    }

    private int comparePrerelease(Version other) {
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        for (int i = 0; i < Math.min(prerelease.size(), other.prerelease.size()); i++) {
            int order = compareIdentifier(prerelease.get(i), other.prerelease.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(prerelease.size(), other.prerelease.size());
    }

    private static int compareIdentifier(String mine, String theirs) {
        boolean number = mine.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean otherNumber = theirs.chars().allMatch(c -> c >= '0' && c <= '9');
        if (number && otherNumber) {
            return new BigInteger(mine).compareTo(new BigInteger(theirs));
        }
        return number == otherNumber ? mine.compareTo(theirs) : number ? -1 : 1;
    }
}
