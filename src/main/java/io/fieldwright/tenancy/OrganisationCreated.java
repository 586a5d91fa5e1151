package io.fieldwright.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * Published in the transaction that creates an organisation, so that other modules can furnish it.
 *
 * @param administrator who is to look after it from the start, if anybody
 */
public record OrganisationCreated(
        String code, Organisation.Kind kind, Organisations.@Nullable Administrator administrator) {}
