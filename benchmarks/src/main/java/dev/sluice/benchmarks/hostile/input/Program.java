package dev.sluice.benchmarks.hostile.input;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * A deployed workflow of an attacker.
 *
 * @param code as it was sent
 * @param timeout if it is Instant; else null
 */
public record Program(String slug, String code, @Nullable Duration timeout) {}
