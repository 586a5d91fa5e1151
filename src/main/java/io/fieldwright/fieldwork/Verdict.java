package io.fieldwright.fieldwork;

/** What the evidence of an execution amounts to, the best first. */
public enum Verdict {
    VERIFIED,
    NEEDS_REVIEW,
    REJECTED
}
