package io.fieldwright.acceptance;

/** What happens to the two radios and the cable of one site on their way to the shelf. */
enum Mishap {
    NONE(2, 0, 0, 0),
    /** The second radio is not at the site. */
    MISSING(1, 0, 1, 0),
    /** The second radio is loaded but not counted. */
    SHORT(1, 0, 1, 0),
    /** Five pieces of cable are loaded but not counted. */
    CABLE_SHORT(2, -5, 0, 0),
    /** Three pieces of cable more are counted than were loaded. */
    CABLE_OVER(2, 3, 0, 0),
    /** The second radio arrives broken. */
    DAMAGED(1, 0, 0, 1),
    /** The second radio was scrap before. */
    SCRAP(1, 0, 0, 1),
    /** The second radio needs a second trip. */
    PARTIAL_LOAD(2, 0, 0, 0);

    private final int radios;
    private final int cableDifference;
    private final int lost;
    private final int disposed;

    Mishap(int radios, int cableDifference, int lost, int disposed) {
        this.radios = radios;
        this.cableDifference = cableDifference;
        this.lost = lost;
        this.disposed = disposed;
    }

    static Mishap of(int site) {
        return values()[site % values().length];
    }

    /** Radios on the shelf in the end. */
    int radios() {
        return radios;
    }

    /** Pieces of cable on the shelf in the end, of those that were dismantled. */
    int cable(int dismantled) {
        return dismantled + cableDifference;
    }

    int cableDifference() {
        return cableDifference;
    }

    int lost() {
        return lost;
    }

    int disposed() {
        return disposed;
    }
}
