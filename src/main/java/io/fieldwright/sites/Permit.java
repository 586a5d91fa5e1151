package io.fieldwright.sites;

import io.fieldwright.api.Problem;
import jakarta.persistence.Embeddable;
import java.time.LocalDate;

/** What allows people to work at a site, on the days from {@code validFrom} to {@code validTo} by UTC. */
@Embeddable
public record Permit(String number, LocalDate validFrom, LocalDate validTo) {

    /** @throws Problem 400 for a permit that ends before it begins or has ended on {@code today} */
    public static Permit issued(String number, LocalDate validFrom, LocalDate validTo, LocalDate today) {
        if (validTo.isBefore(validFrom)) {
            throw Problem.invalid("permitValidTo", "must not be before the day the permit begins");
        }
        if (validTo.isBefore(today)) {
            throw Problem.invalid("permitValidTo", "the permit has ended already");
        }
        return new Permit(number, validFrom, validTo);
    }

    public boolean covers(LocalDate day) {
        return !day.isBefore(validFrom) && !day.isAfter(validTo);
    }
}
