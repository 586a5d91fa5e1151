package io.fieldwright.fieldwork;

/** What a fix proves about being at the site. Only {@link #INSIDE} speaks for it without a person looking. */
public enum GpsOutcome {
    INSIDE,
    UNCERTAIN,
    OUTSIDE
}
