package io.fieldwright.equipment;

import java.util.UUID;

/**
 * Where an item's custody chain does not hold. {@code sequence} counts the entries of the chain from 1; it is 0 when the
 * chain is empty.
 */
public record CustodyBreak(UUID itemId, String serialNumber, int sequence, String reason) {}
