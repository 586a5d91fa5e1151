package io.fieldwright.logistics;

import io.fieldwright.sites.Geodesy;
import io.fieldwright.tenancy.TenantScope;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Splits a load over trips: the least busy, then nearest vehicle that takes all of it; else the largest are filled one
 * after the other; what no vehicle can take goes with a carrier, or with whom the coordinator finds.
 */
@Component
class TripPlanning {

    private final Fleet fleet;
    private final TripRepository trips;

    TripPlanning(Fleet fleet, TripRepository trips) {
        this.fleet = fleet;
        this.trips = trips;
    }

    List<Trip> plan(
            DismantleRecord record,
            Map<DismantleLine, Integer> load,
            double latitude,
            double longitude,
            UUID warehouseId,
            LocalDate pickupOn) {
        return TenantScope.asSystem(() -> {
            List<String> organisations = Trips.organisations(record.tenantId());
            List<Vehicle> vehicles = ranked(fleet.vehiclesOf(organisations), latitude, longitude);
            Map<DismantleLine, Integer> rest = new LinkedHashMap<>(load);
            List<Trip> planned = new ArrayList<>();
            for (Vehicle vehicle : order(vehicles, weight(rest))) {
                if (rest.isEmpty()) {
                    break;
                }
                Trip trip = new Trip(record, warehouseId, Transport.vehicle(vehicle.id()), pickupOn);
                fill(trip, rest, vehicle.capacityKilograms());
                if (!trip.manifest().isEmpty()) {
                    planned.add(trip);
                }
            }
            if (!rest.isEmpty()) {
                Transport transport = fleet.carriersOf(organisations).stream()
                        .findFirst()
                        .map(carrier -> Transport.carrier(carrier.id()))
                        .orElse(Transport.UNDECIDED);
                Trip trip = new Trip(record, warehouseId, transport, pickupOn);
                rest.forEach(trip::plan);
                planned.add(trip);
            }
            return planned;
        });
    }

    private List<Vehicle> ranked(List<Vehicle> vehicles, double latitude, double longitude) {
        Map<UUID, Long> open = new HashMap<>();
        trips.countOpenByVehicle(vehicles.stream().map(Vehicle::id).toList())
                .forEach(workload -> open.put(workload.vehicleId(), workload.open()));
        return vehicles.stream()
                .sorted(Comparator.comparing((Vehicle vehicle) -> open.getOrDefault(vehicle.id(), 0L))
                        .thenComparing(vehicle -> distance(vehicle, latitude, longitude)))
                .toList();
    }

    private static double distance(Vehicle vehicle, double latitude, double longitude) {
        return vehicle.latitude() == null || vehicle.longitude() == null
                ? Double.MAX_VALUE
                : Geodesy.metres(vehicle.latitude(), vehicle.longitude(), latitude, longitude);
    }

    private static List<Vehicle> order(List<Vehicle> ranked, double kilograms) {
        List<Vehicle> whole = ranked.stream()
                .filter(vehicle -> vehicle.capacityKilograms() >= kilograms)
                .toList();
        return whole.isEmpty()
                ? ranked.stream()
                        .sorted(Comparator.comparing(Vehicle::capacityKilograms).reversed())
                        .toList()
                : whole;
    }

    private static void fill(Trip trip, Map<DismantleLine, Integer> rest, double capacity) {
        double left = capacity;
        for (DismantleLine line : List.copyOf(rest.keySet())) {
            int wanted = rest.get(line);
            int fitting = line.weightKilograms() <= 0
                    ? wanted
                    : (int) Math.min(wanted, Math.floor(left / line.weightKilograms()));
            if (fitting > 0) {
                trip.plan(line, fitting);
                left -= fitting * line.weightKilograms();
                if (fitting == wanted) {
                    rest.remove(line);
                } else {
                    rest.put(line, wanted - fitting);
                }
            }
        }
    }

    private static double weight(Map<DismantleLine, Integer> load) {
        return load.entrySet().stream()
                .mapToDouble(entry -> entry.getKey().weightKilograms() * entry.getValue())
                .sum();
    }
}
