package dev.sluice.executor.sandbox.js;

/**
 * What speaks against code, and where.
 *
 * @param offset 0-based, in characters
 */
record Finding(int offset, String message) {}
