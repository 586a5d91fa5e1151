package io.fieldwright.fieldwork;

/** Why a fix does not prove that somebody was inside. Each of them rules {@link GpsOutcome#INSIDE} out. */
public enum GpsReason {
    /** The site has no boundary to be inside of. */
    NO_BOUNDARY("the site has no boundary"),
    /** The coordinates are no position on Earth, whichever way round they are read. */
    NOT_A_POSITION("the coordinates are no position"),
    /** Latitude and longitude were exchanged: the position makes sense only the other way round. */
    SWAPPED_COORDINATES("latitude and longitude were exchanged"),
    /** The device says that an application made the position up. */
    MOCK_LOCATION("the position was made up by an application"),
    /** The accuracy is absent, zero, negative or not finite. */
    ACCURACY_MISSING("the accuracy is missing"),
    /** The accuracy is worse than the field task requires. */
    ACCURACY_TOO_POOR("the accuracy is worse than required"),
    /** The fix was taken too long before the evidence was captured. */
    STALE_FIX("the position was taken too long before"),
    /** The fix was taken too long after the evidence was captured. */
    FIX_AFTER_CAPTURE("the position was taken too long after"),
    /** The device's clock is too far from the server's for its times to mean anything. */
    CLOCK_SKEW("the device's clock is wrong"),
    /** The probability of being inside is neither high nor low enough. */
    PROBABILITY_BETWEEN("the probability of being inside is neither high nor low enough");

    private final String description;

    GpsReason(String description) {
        this.description = description;
    }

    /** For people, as part of a sentence. */
    public String description() {
        return description;
    }
}
