package io.fieldwright.fieldwork;

/** Why a fix does not prove that somebody was inside. Each of them rules {@link GpsOutcome#INSIDE} out. */
public enum GpsReason {
    /** The site has no boundary to be inside of. */
    NO_BOUNDARY,
    /** The coordinates are no position on Earth, whichever way round they are read. */
    NOT_A_POSITION,
    /** Latitude and longitude were exchanged: the position makes sense only the other way round. */
    SWAPPED_COORDINATES,
    /** The device says that an application made the position up. */
    MOCK_LOCATION,
    /** The accuracy is absent, zero, negative or not finite. */
    ACCURACY_MISSING,
    /** The accuracy is worse than the field task requires. */
    ACCURACY_TOO_POOR,
    /** The fix was taken too long before the evidence was captured. */
    STALE_FIX,
    /** The fix was taken too long after the evidence was captured. */
    FIX_AFTER_CAPTURE,
    /** The device's clock is too far from the server's for its times to mean anything. */
    CLOCK_SKEW,
    /** The probability of being inside is neither high nor low enough. */
    PROBABILITY_BETWEEN
}
