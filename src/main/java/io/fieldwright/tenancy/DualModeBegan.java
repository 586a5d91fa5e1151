package io.fieldwright.tenancy;

/** Published in the transaction in which a vendor begins to work for clients of its own. */
public record DualModeBegan(String organisation) {}
