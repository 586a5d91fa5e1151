package io.fieldwright.logistics;

import java.util.UUID;

/** A vehicle or carrier that a transport coordinator may choose. */
public record TransportChoice(Transport transport, String label) {

    private static final String CARRIER = "carrier:";

    /** The id of the choice: the vehicle's, or {@code carrier:} and the carrier's. */
    public String id() {
        UUID vehicle = transport.vehicleId();
        return vehicle == null ? CARRIER + transport.carrierId() : vehicle.toString();
    }
}
