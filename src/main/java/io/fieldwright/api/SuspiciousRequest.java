package io.fieldwright.api;

/**
 * Published when a refused request smells of attack, so that the audit remembers it beyond the rolled back transaction.
 *
 * @param kind a short name that stays the same, such as {@code spoofed-tenant}
 * @param detail what was tried, without secrets
 */
public record SuspiciousRequest(String kind, String detail) {}
