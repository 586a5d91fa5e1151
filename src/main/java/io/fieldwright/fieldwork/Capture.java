package io.fieldwright.fieldwork;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One piece of evidence as a device sends it.
 *
 * @param id made on the device, so that a repetition is recognised
 * @param at by the device's clock
 * @param clockOffset what to add to the device's clock to get the server's
 */
public record Capture(UUID id, Instant at, Duration clockOffset, EvidenceContent content) {}
