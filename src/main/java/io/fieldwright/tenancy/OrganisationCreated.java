package io.fieldwright.tenancy;

/** Published in the transaction that creates an organisation, so that other modules can furnish it. */
public record OrganisationCreated(String code, Organisation.Kind kind) {}
