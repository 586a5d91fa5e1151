package io.fieldwright.audit;

import org.jspecify.annotations.Nullable;

/**
 * What came of walking a chain from its beginning to its head.
 *
 * @param length how many entries the head says there are
 * @param head the hash of the last of them in hexadecimal; noted elsewhere, it also proves that nobody made the whole chain anew
 * @param brokenAt the first place that does not hold; null where the chain is intact or the place is in none
 */
public record Verification(String tenant, State state, long length, String head, @Nullable Long brokenAt) {

    public enum State {
        INTACT,
        /** The entry at the place is not what was sealed there. */
        RECORD_CHANGED,
        /** There is no entry at the place. */
        ENTRY_MISSING,
        /** The entry that belongs to the place stands farther on. */
        ORDER_CHANGED,
        /** The head names another last entry than the one there is. */
        HEAD_WRONG,
        /** There is an entry that no trigger wrote. */
        ENTRY_ADDED
    }
}
