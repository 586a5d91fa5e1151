package io.fieldwright.people;

import static io.fieldwright.tenancy.Organisation.Kind.CIRCLE;
import static io.fieldwright.tenancy.Organisation.Kind.CORPORATE;
import static io.fieldwright.tenancy.Organisation.Kind.VENDOR;

import io.fieldwright.tenancy.Organisation.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The engine groups that models may name as candidates (requirements, section 17). A collaboration's tasks are seen by
 * both sides, so which side may hold a group decides who is asked: a vendor never authorises what it is engaged to do.
 */
public enum CandidateGroup {
    COORDINATOR(CORPORATE, CIRCLE),
    PROJECT_MANAGER(CORPORATE, CIRCLE),
    TEAM_LEAD(CIRCLE, VENDOR),
    FIELD_ENGINEER(CIRCLE, VENDOR),
    SUPERVISOR(CIRCLE, VENDOR),
    CLIENT(CORPORATE, CIRCLE),
    ASSET_OWNER(CORPORATE, CIRCLE),
    TRANSPORT_COORDINATOR(CIRCLE, VENDOR),
    DRIVER(CIRCLE, VENDOR),
    STOREKEEPER(CIRCLE),
    WAREHOUSE_MANAGER(CORPORATE, CIRCLE),
    FACILITY_MANAGER(CIRCLE),
    MAINTENANCE_SUPERVISOR(CIRCLE, VENDOR),
    MAINTENANCE_STAFF(CIRCLE, VENDOR),
    REQUESTER(CIRCLE),
    ACCOUNTANT(CORPORATE, CIRCLE, VENDOR),
    FINANCE_APPROVER(CORPORATE, CIRCLE),
    COMPLIANCE(CORPORATE, CIRCLE),
    TENANT_ADMIN(CORPORATE, CIRCLE, VENDOR),
    PLATFORM_ADMIN(CORPORATE),
    PROCESS_OWNER(CORPORATE);

    private final Set<Kind> holders;

    CandidateGroup(Kind first, Kind... others) {
        this.holders = EnumSet.of(first, others);
    }

    /** The group's id in models and in the engine. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public boolean mayBeHeldBy(Kind kind) {
        return holders.contains(kind);
    }

    public static Optional<CandidateGroup> of(String id) {
        return Arrays.stream(values()).filter(group -> group.id().equals(id)).findFirst();
    }
}
