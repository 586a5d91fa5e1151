package io.fieldwright.logistics;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface TripRepository extends JpaRepository<Trip, UUID> {

    /** How many trips a vehicle still has before it. */
    record Workload(UUID vehicleId, long open) {}

    List<Trip> findByDismantleRecordIdOrderById(UUID dismantleRecordId);

    @Query(
            """
            select new io.fieldwright.logistics.TripRepository$Workload(t.vehicleId, count(t)) from Trip t
            where t.vehicleId in :vehicles and t.state in (PLANNED, CONFIRMED, IN_TRANSIT) group by t.vehicleId""")
    List<Workload> countOpenByVehicle(Collection<UUID> vehicles);

    @Query(
            """
            select coalesce(sum(m.loadedQuantity * m.weightKilograms), 0) from Trip t join t.manifest m
            where t.vehicleId = :vehicle and t.state = IN_TRANSIT and t.id <> :except""")
    double weightOnTheRoad(UUID vehicle, UUID except);

    @Query(
            """
            select t from Trip t where (:record is null or t.dismantleRecordId = :record)
            and (:vehicle is null or t.vehicleId = :vehicle) and (:state is null or t.state = :state)""")
    Page<Trip> search(@Nullable UUID record, @Nullable UUID vehicle, Trip.@Nullable State state, Pageable page);
}
