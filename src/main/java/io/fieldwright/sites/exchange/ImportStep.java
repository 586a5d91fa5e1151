package io.fieldwright.sites.exchange;

/** What an import does, in this order; each commits its progress with its work and so can go on after a crash. */
enum ImportStep {
    /** Checks each row in itself and stages the sound ones. */
    READING,
    /** Checks the rows against each other and against the sites there are. */
    CHECKING,
    /** Creates and updates sites. */
    WRITING,
    /** Sets the parents that could not be set before all sites existed. */
    LINKING
}
