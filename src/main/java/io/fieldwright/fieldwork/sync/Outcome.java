package io.fieldwright.fieldwork.sync;

/** What became of an operation. It is kept in any case. */
public enum Outcome {
    APPLIED,
    /** It was received before with the same content, and nothing was done again. */
    DUPLICATE,
    /** Something newer is there already; it changes nothing. */
    STALE,
    /** It contradicts what others did, or cannot be understood; a supervisor decides. */
    CONFLICT
}
