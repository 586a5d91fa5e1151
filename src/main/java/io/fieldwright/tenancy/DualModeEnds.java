package io.fieldwright.tenancy;

/** Published in the transaction in which a vendor stops working for clients of its own, before anything is written. */
public record DualModeEnds(String organisation) {}
