package dev.sluice.gateway.filter;

/**
 * Why a body is not acceptable JSON.
 *
 * @param offset byte offset from the start of the body
 * @param reason what is wrong there, fit for the caller's eyes
 */
public record JsonError(int offset, String reason) {}
