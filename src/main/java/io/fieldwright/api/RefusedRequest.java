package io.fieldwright.api;

/**
 * Published when somebody could not prove who they are, or may not do what they asked for. Honest people do that too; what
 * they never do is a {@link SuspiciousRequest}.
 *
 * @param kind a short name that stays the same, such as {@code access-refused}
 * @param detail what was tried, without secrets
 */
public record RefusedRequest(String kind, String detail) {}
