package io.fieldwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.equipment.Place;
import io.fieldwright.logistics.DismantleState;
import io.fieldwright.logistics.Stock;
import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.AllocationState;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

@FieldwrightTest
class DismantleToWarehouseTests {

    @Autowired
    ObjectProvider<Field> fields;

    @Autowired
    Stock stock;

    Field field;

    @BeforeEach
    void furnish() {
        field = fields.getObject().furnish();
    }

    @Test
    void anAllocatedSiteEndsOnTheShelfWithUnbrokenCustody() {
        Allocation allocation = field.allocate();
        String key = allocation.businessKey();
        UUID id = allocation.id();

        field.complete(
                "coordinator",
                key,
                "Task_AssignTeam",
                "teamId",
                field.vendorCrew.id().toString());
        assertThat(field.allocations.get(id).state()).isEqualTo(AllocationState.ASSIGNED);
        field.completeAs(Field.username(field.vendor, "team-lead"), key, "Task_AcceptAssignment", "answer", "accept");
        assertThat(field.allocations.get(id).state()).isEqualTo(AllocationState.WIP);
        field.complete("asset-owner", key, "Task_AuthoriseDismantle", "answer", "authorise");
        field.completeAs(
                Field.username(field.vendor, "field-engineer"),
                key,
                "Task_DismantleAndScan",
                "scannedSerials",
                field.radios.get(0).serialNumber() + ", working\n"
                        + field.radios.get(1).serialNumber() + ", scrap",
                "bulkLines",
                "feeder, working, 40");
        assertThat(field.record().state()).isEqualTo(DismantleState.COMPLETED);
        assertThat(field.allocations.get(id).state()).isEqualTo(AllocationState.DONE);
        field.complete(
                "transport-coordinator",
                key,
                "Task_ConfirmTrip",
                "vehicleId",
                field.truck.id().toString(),
                "driver",
                Field.username(field.circle, "driver"),
                "pickupAt",
                LocalDate.now().plusDays(1).toString());
        field.complete(
                "driver",
                key,
                "Task_SignLoading",
                "loadedSerials",
                field.radios.get(0).serialNumber() + "\n" + field.radios.get(1).serialNumber(),
                "loadedBulk",
                "feeder, working, 40",
                "sealNumber",
                "77",
                "signedBy",
                "R. Kumar");
        assertThat(field.equipment
                        .items(List.of(field.radios.get(0).id()))
                        .get(0)
                        .place())
                .isEqualTo(Place.vehicle(field.truck.id()));
        field.complete("driver", key, "Task_SignArrival", "answer", "accepted", "signedBy", "S. Keeper");
        assertThat(field.record().state()).isEqualTo(DismantleState.RECEIVED);
        field.complete(
                "storekeeper",
                key,
                "Task_CountAndScan",
                "countedSerials",
                field.radios.get(0).serialNumber() + "\n" + field.radios.get(1).serialNumber(),
                "countedBulk",
                "feeder, working, 40");
        field.complete(
                "storekeeper",
                key,
                "Task_RecordScrapCertificate",
                "certificateNumber",
                "SC-1",
                "certificateIssuer",
                "Recycler",
                "certificateDate",
                "2026-01-31");

        assertThat(field.record().state()).isEqualTo(DismantleState.CLOSED);
        assertThat(field.endEvents("site-lifecycle")).contains("EndEvent_SiteClosed", "EndEvent_SiteDone");
        assertThat(field.equipment.custodyBreaks(field.circle)).isEmpty();
        assertThat(field.equipment
                        .items(List.of(field.radios.get(0).id()))
                        .get(0)
                        .place())
                .isEqualTo(Place.warehouse(field.warehouse.id()));
        assertThat(stock.balances(field.warehouse.id()))
                .extracting(Stock.Balance::category, Stock.Balance::quantity)
                .containsExactlyInAnyOrder(tuple("feeder", 40L), tuple("radio", 1L));
    }
}
